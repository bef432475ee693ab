package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.duckdb.StoreCompaction.Compacted;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code birdie compact}. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = "Writes the store's file anew, without what was deleted or replaced.",
    footer = {
      "",
      "Nobody else may use the store meanwhile, and the disk must have room for it once more.",
      "Backups that were taken before still hold what they held.",
      "  birdie compact"
    })
final class CompactCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  CompactCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (App app = session.app(common)) {
      Compacted compacted = app.compact();
      if (common.json) {
        session.output().json(compacted);
      } else {
        VerifyCommand.print(session.output(), compacted.verification());
        session.output().line("Before, it was " + Output.bytes(compacted.before()) + ".");
      }
      return VerifyCommand.exitCode(session, compacted.verification()).code();
    }
  }
}
