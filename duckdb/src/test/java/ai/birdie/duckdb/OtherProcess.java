package ai.birdie.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.core.ingest.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that uses a store while a test does: it says what it has done, and waits for a line.
 */
final class OtherProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;

  private OtherProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(UTF_8);
  }

  /** What such a process does: it prints lines, and reads one wherever it waits. */
  interface Role {
    void play(Path home, BufferedReader in) throws IOException;
  }

  static OtherProcess start(String role, Path home) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(OtherProcess.class.getName(), role, home.toString()));
    return new OtherProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it says this. */
  void awaitLine(String wanted) throws IOException {
    for (String line = lines.readLine(); !wanted.equals(line); line = lines.readLine()) {
      if (line == null) {
        throw new AssertionError("The other process ended before it said: " + wanted);
      }
    }
  }

  /** Lets it go on. */
  void goOn() throws IOException {
    process.outputWriter(UTF_8).append("go on\n").flush();
  }

  /** Its next line. */
  String line() throws IOException {
    return String.valueOf(lines.readLine());
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lines.close();
  }

  public static void main(String[] arguments) throws IOException {
    Role role =
        switch (arguments[0]) {
          case "read" -> OtherProcess::read;
          case "write" -> OtherProcess::write;
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    role.play(
        Path.of(arguments[1]), new BufferedReader(new java.io.InputStreamReader(System.in, UTF_8)));
  }

  private static void read(Path home, BufferedReader in) throws IOException {
    try (StoreReader reader = StoreReader.open(home)) {
      reader.feeds();
      System.out.println("reading");
      in.readLine();
    }
  }

  private static void write(Path home, BufferedReader in) throws IOException {
    try (Stores stores = new Stores();
        Store store = stores.open(home)) {
      stores.land(store, Stores.REVIEWS, 9, Stores.rows("more", 0, 10));
      System.out.println("writing");
      in.readLine();
    }
  }
}
