package ai.birdie.app.cli;

import ai.birdie.app.config.Connection;
import ai.birdie.app.grants.GrantScript;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code birdie grants FILE}. */
@Command(
    name = "grants",
    mixinStandardHelpOptions = true,
    description = "Prints the SQL with which an administrator grants what a connection needs.")
final class GrantsCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Mixin private final LocalOption local = new LocalOption();

  @Option(
      names = {"--to", "--principal"},
      paramLabel = "NAME",
      description =
          "Grant to this user, group, or service principal; else to the file's client_id.")
  private @Nullable String principal;

  @Parameters(paramLabel = "FILE", description = "A connection file.")
  private Path file = Path.of("");

  GrantsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Connection connection = session.connectionFiles(local.hosts()).withoutSecrets().read(file);
    GrantScript script =
        principal == null ? GrantScript.of(connection) : GrantScript.of(connection, principal);
    if (common.json) {
      session.output().json(script);
    } else {
      session.output().line(script.text().stripTrailing());
    }
    return (script.statements().isEmpty() ? ExitCode.USAGE : ExitCode.DONE).code();
  }
}
