package ai.birdie.app;

import ai.birdie.app.cli.BirdieCommand;
import ai.birdie.databricks.Limits;
import ai.birdie.databricks.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The product as a user runs it: the packaged jar, in a process of its own. */
public final class Birdie {

  private static final long LONGEST_MINUTES = 5;

  /** The folder of the repository. */
  public static final Path ROOT = Path.of(System.getProperty("birdie.root", "..")).toAbsolutePath();

  private Birdie() {}

  /** What a command answered. */
  public record Answer(int code, String out, String err) {}

  /** Runs a command to its end. */
  public static Answer run(List<String> arguments) {
    return finish(start(command(arguments)));
  }

  public static Answer run(String... arguments) {
    return run(List.of(arguments));
  }

  /** As {@link #run(List)}, in this process, which is sooner done, and as patient as it is told. */
  public static Answer runHere(List<String> arguments, Limits limits) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            Clock.systemUTC(), System::nanoTime, pause -> {}, new SplittableRandom(7), limits);
    int code =
        BirdieCommand.run(
            arguments.toArray(String[]::new),
            Map.of(),
            Clock.systemUTC(),
            surroundings,
            new PrintWriter(out),
            new PrintWriter(err));
    return new Answer(code, out.toString(), err.toString());
  }

  /** Starts a command; its output goes to files that end with it. */
  public static Running start(List<String> command) {
    return start(command, Map.of());
  }

  /** As {@link #start(List)}, with more variables in its environment. */
  public static Running start(List<String> command, Map<String, String> environment) {
    try {
      Path out = Files.createTempFile("birdie", ".out");
      Path err = Files.createTempFile("birdie", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      return new Running(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command that is running. */
  public record Running(Process process, Path out, Path err) {}

  public static Answer finish(Running running) {
    try {
      if (!running.process().waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        running.process().destroyForcibly();
        throw new AssertionError("The command did not end");
      }
      Answer answer =
          new Answer(
              running.process().exitValue(),
              Files.readString(running.out(), StandardCharsets.UTF_8),
              Files.readString(running.err(), StandardCharsets.UTF_8));
      Files.delete(running.out());
      Files.delete(running.err());
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      running.process().destroyForcibly();
      throw new AssertionError("Interrupted", e);
    }
  }

  /** The command line of the packaged product. */
  public static List<String> command(List<String> arguments) {
    Path dist = ROOT.resolve("app/target/dist");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + dist.resolve("birdie.options"));
    command.add("-Dbirdie.root=" + ROOT);
    command.add("-jar");
    command.add(dist.resolve("birdie-app.jar").toString());
    command.addAll(arguments);
    return command;
  }
}
