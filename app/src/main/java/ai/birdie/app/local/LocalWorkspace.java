package ai.birdie.app.local;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.SourceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running local workspace. It ends when it is closed, and also when this process ends, however
 * that happens: it waits on a pipe that only this process holds.
 */
public final class LocalWorkspace implements AutoCloseable {

  private static final long SECONDS_TO_STOP = 10;

  /** Data of the user's may take their time to be loaded. */
  private static final long MINUTES_TO_START = 10;

  private static final String SEE = "Run birdie workspace, and see what it says.";

  private final Process process;
  private final String readyLine;
  private final WorkspaceAccess access;

  private LocalWorkspace(Process process, String readyLine, WorkspaceAccess access) {
    this.process = process;
    this.readyLine = readyLine;
    this.access = access;
  }

  /**
   * Starts a workspace, and waits until it is ready.
   *
   * @param root the folder that holds the {@code workspace} module, built
   * @param options the workspace's own
   * @throws ConfigException if it is not built, or does not take the options
   * @throws SourceException if it does not become ready; it runs no longer then
   */
  public static LocalWorkspace start(Path root, List<String> options) {
    return start(new ProcessBuilder(command(root, options)));
  }

  static LocalWorkspace start(ProcessBuilder command) {
    try {
      Process process = command.redirectError(Redirect.INHERIT).start();
      try {
        String line = readyLine(process);
        return new LocalWorkspace(process, line, access(line));
      } catch (RuntimeException e) {
        process.destroy();
        throw e;
      }
    } catch (IOException e) {
      throw SourceException.lasting(
          "The local workspace could not be started: " + e.getMessage(), SEE, e);
    }
  }

  private static String readyLine(Process process) {
    FutureTask<Optional<String>> line =
        new FutureTask<>(() -> Optional.ofNullable(output(process).readLine()));
    Thread.ofPlatform().daemon().name("birdie-workspace-ready").start(line);
    try {
      return line.get(MINUTES_TO_START, TimeUnit.MINUTES)
          .orElseThrow(() ->
              new ConfigException(
                  "The local workspace did not start; what it said stands above.",
                  "Mend what it named; birdie workspace --help describes the options."));
    } catch (TimeoutException e) {
      throw SourceException.lasting(
          "The local workspace was not ready after " + MINUTES_TO_START + " minutes.", SEE, e);
    } catch (ExecutionException e) {
      throw SourceException.lasting("What the local workspace says cannot be read.", SEE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SourceException.lasting(
          "The local workspace was told to stop before it was ready.", "Start it again.", e);
    }
  }

  /** The line of JSON with which it said that it is ready. */
  public String readyLine() {
    return readyLine;
  }

  public WorkspaceAccess access() {
    return access;
  }

  /** Waits until it ends by itself; its exit code. */
  public int await() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static WorkspaceAccess access(String line) {
    try {
      return JsonMapper.shared().readValue(line, WorkspaceAccess.class);
    } catch (JacksonException e) {
      throw SourceException.lasting("The local workspace's ready line is not understood.", SEE, e);
    }
  }

  private static List<String> command(Path root, List<String> options) {
    Path dist = root.resolve("workspace").resolve("target").resolve("dist");
    if (!Files.exists(dist.resolve("birdie-workspace.jar"))) {
      throw new ConfigException(
          "The local workspace is not built in " + dist + ".",
          "Start it through the launcher, which builds it: ./birdie workspace");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path cache = dist.resolve("workspace.aot");
    if (Files.exists(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    command.add("@" + dist.resolve("jvm.options"));
    command.add("-cp");
    command.add(dist.resolve("birdie-workspace.jar").toString());
    command.add("ai.birdie.workspace.Main");
    command.add("--until-stdin-closes");
    command.addAll(options);
    return command;
  }
}
