package ai.birdie.app.cli;

import static java.util.Objects.requireNonNull;

import ai.birdie.app.App;
import ai.birdie.core.ingest.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Does what the commands that answer at once do, so that the JVM can note which classes that takes.
 * Only the build calls it.
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
    Path home = requireNonNull(folder);
    Path file = Files.writeString(home.resolve("faulty.json"), "{\"connection_details\": {}}");
    BirdieCommand.run(new String[] {"--help"}, Map.of(), session.clock());
    BirdieCommand.run(new String[] {"validate", file.toString()}, Map.of(), session.clock());
    try (App app = new App(home, session.clock())) {
      app.store(RunListener.NONE).close();
    }
    BirdieCommand.run(
        new String[] {"status", "--home", home.toString()}, Map.of(), session.clock());
    return ExitCode.DONE.code();
  }
}
