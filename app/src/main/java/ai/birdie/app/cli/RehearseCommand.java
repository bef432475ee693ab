package ai.birdie.app.cli;

import static java.util.Objects.requireNonNull;

import ai.birdie.app.rehearsal.RehearsalWorkspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what the commands do that are run most, an ingest of a few rows among them, so that the JVM
 * can note which classes that takes. Only the build calls it. Fails where the rows did not land.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "DIR")
  private @Nullable Path folder;

  RehearseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = requireNonNull(this.folder);
    Path file = Files.writeString(folder.resolve("faulty.json"), "{\"connection_details\": {}}");
    String home = folder.toString();
    run("--help");
    run("validate", file.toString());
    long landed = landed(home);
    run("status", "--home", home);
    run("receipts", "--home", home, "rehearsal");
    if (landed != RehearsalWorkspace.ROWS) {
      session.note(
          "birdie: the rehearsal landed %d of its %d rows"
              .formatted(landed, RehearsalWorkspace.ROWS));
      return ExitCode.BUG.code();
    }
    return ExitCode.DONE.code();
  }

  private void run(String... arguments) {
    BirdieCommand.run(arguments, Map.of(), session.clock());
  }

  /** How many rows an ingest landed. */
  private long landed(String home) throws IOException {
    StringWriter report = new StringWriter();
    try (RehearsalWorkspace workspace = RehearsalWorkspace.start()) {
      Path file = Files.writeString(Path.of(home, "rehearsal.json"), workspace.connection());
      BirdieCommand.run(
          new String[] {"ingest", "--local", "--json", "--home", home, file.toString()},
          Map.of(),
          session.clock(),
          session.surroundings(),
          new PrintWriter(report, true),
          session.err());
    }
    return JsonMapper.shared().readTree(report.toString()).at("/feeds/0/added").asLong(0);
  }
}
