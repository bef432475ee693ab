package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.duckdb.StoreBackup.Taken;
import ai.birdie.duckdb.Verification;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code birdie backup FILE|DIR}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Copies the store into one file, and verifies the copy.",
    footer = {
      "",
      "Others may read the store meanwhile; a run that writes to it is waited out by trying again.",
      "The file holds what customers wrote, and only its owner can read it.",
      "  birdie backup /backups"
    })
final class BackupCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Parameters(
      paramLabel = "FILE|DIR",
      description = "A file that is not there yet, or a folder, in which it is named by the time.")
  private Path target = Path.of("");

  /** The JSON document. */
  record Document(String file, Verification verification) {}

  BackupCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (App app = session.app(common)) {
      Taken taken = app.backup(target);
      if (common.json) {
        session.output().json(new Document(taken.file().toString(), taken.verification()));
      } else {
        VerifyCommand.print(session.output(), taken.verification());
        session.output().line("The backup is " + taken.file() + ".");
      }
      return VerifyCommand.exitCode(session, taken.verification()).code();
    }
  }
}
