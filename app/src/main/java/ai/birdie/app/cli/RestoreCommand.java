package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.duckdb.StoreBackup.Existing;
import ai.birdie.duckdb.StoreBackup.Restored;
import ai.birdie.duckdb.Verification;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code birdie restore FILE}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Makes a backup the store, after it has been verified.",
    footer = {
      "",
      "The next run of ingest reads what has changed at the source since the backup was taken.",
      "  birdie restore --replace /backups/store-20260301T000000Z.duckdb"
    })
final class RestoreCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Option(
      names = "--replace",
      description = "Take the place of the store that is there, which is kept beside it.")
  private boolean replace;

  @Parameters(paramLabel = "FILE", description = "What birdie backup has written.")
  private Path backup = Path.of("");

  /** The JSON document. */
  record Document(String home, Optional<String> kept, Verification verification) {}

  RestoreCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (App app = session.app(common)) {
      Restored restored = app.restore(backup, replace ? Existing.IS_KEPT_ASIDE : Existing.STAYS);
      Optional<String> kept = restored.aside().map(Path::toString);
      if (common.json) {
        session.output().json(new Document(app.home().toString(), kept, restored.verification()));
      } else {
        VerifyCommand.print(session.output(), restored.verification());
        session.output().line("The store in " + app.home() + " is the backup now.");
        kept.ifPresent(file -> session.output().line("The former one is kept as " + file + "."));
      }
      return VerifyCommand.exitCode(session, restored.verification()).code();
    }
  }
}
