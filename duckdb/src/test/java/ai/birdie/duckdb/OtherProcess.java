package ai.birdie.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.core.error.StoreException;
import ai.birdie.core.ingest.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that uses a store while a test does: it says what it has done, and waits for a line.
 */
final class OtherProcess implements AutoCloseable {

  /** How a process ends that was told to halt. */
  static final int HALTED = 99;

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

  /** Sends it a signal, such as STOP. */
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("The signal was not sent");
    }
  }

  /** Lets it see that nothing more comes. */
  void endInput() throws IOException {
    process.outputWriter(UTF_8).close();
  }

  /** Its next line. */
  String line() throws IOException {
    return String.valueOf(lines.readLine());
  }

  /** Its exit code, once it has ended. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
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
        switch (arguments[0].replaceFirst("halt [0-9]+", "halt")) {
          case "halt" -> (home, in) -> halt(home, Integer.parseInt(arguments[0].substring(5)));
          case "read" -> OtherProcess::read;
          case "write" -> OtherProcess::write;
          case "hold" -> OtherProcess::hold;
          case "write and lose the lock" -> OtherProcess::writeAndLoseTheLock;
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    role.play(
        Path.of(arguments[1]), new BufferedReader(new java.io.InputStreamReader(System.in, UTF_8)));
  }

  /** Does all that a writer does, and ends without a word before a statement. */
  private static void halt(Path home, int statement) {
    AtomicInteger statements = new AtomicInteger();
    try (LongRun run = new LongRun(home)) {
      run.play(sql -> {
        if (statements.getAndIncrement() == statement) {
          Runtime.getRuntime().halt(HALTED);
        }
      });
    }
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

  /**
   * Holds the store, and lands a window whenever it is told to go on, in the midst of which it
   * waits.
   */
  private static void hold(Path home, BufferedReader in) throws IOException {
    try (Stores stores = new Stores();
        Store store = stores.open(home)) {
      System.out.println("holding");
      for (int hour = 10; in.readLine() != null; hour++) {
        stores.land(
            store,
            Stores.REVIEWS,
            hour,
            Stores.rows("of " + hour, 0, 10 * hour),
            () -> {
              System.out.println("landed");
              await(in);
            });
        System.out.println("committed");
      }
    }
  }

  /** A writer whose locks get lost before it commits. */
  private static void writeAndLoseTheLock(Path home, BufferedReader in) {
    try (Stores stores = new Stores();
        Store store = stores.open(home)) {
      stores.land(
          store,
          Stores.REVIEWS,
          9,
          Stores.rows("lost", 0, 300),
          () -> {
            loseLocks(home);
            System.out.println("landed");
            await(in);
          });
      System.out.println("committed");
    } catch (StoreException e) {
      System.out.println(e.getMessage());
    }
  }

  /** On POSIX, whoever closes a file gives back all locks that the process holds on it. */
  private static void loseLocks(Path home) {
    try {
      Files.newByteChannel(home.resolve(DuckStore.FILE)).close();
      Files.newByteChannel(StoreFiles.log(home.resolve(DuckStore.FILE))).close();
      Files.delete(home.resolve("lock"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BufferedReader in) {
    try {
      in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
