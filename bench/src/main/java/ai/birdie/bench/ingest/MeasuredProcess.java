package ai.birdie.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs a process to its end and says what it cost. Needs Linux's {@code /proc}. */
final class MeasuredProcess {

  private static final int MILLIS_BETWEEN_LOOKS = 20;

  /** Of one clock tick, which is the same on every Linux that Java runs on. */
  private static final int MILLIS = 10;

  /** Where {@code /proc/self/stat} has the time of children that have ended, in user mode. */
  private static final int CHILDREN_USER = 13;

  /**
   * What a process cost.
   *
   * @param cpu user and system time, of the processes that it started too
   * @param peakMib the most memory that it had resident
   * @param answer the JSON that it printed
   */
  record Cost(Duration wall, Duration cpu, long peakMib, JsonNode answer) {}

  private MeasuredProcess() {}

  /**
   * Runs {@code command}, one at a time.
   *
   * @param folder where its output goes
   * @throws IllegalStateException if it fails
   */
  static Cost run(List<String> command, Path folder) throws IOException, InterruptedException {
    Path out = folder.resolve("out.json");
    Path err = folder.resolve("err.log");
    long cpuBefore = childrenCpuMillis();
    long from = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    long peak = 0;
    do {
      peak = Math.max(peak, peakKib(process.pid()));
    } while (!process.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS));
    Duration wall = Duration.ofNanos(System.nanoTime() - from);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s ended with %d:%n%s"
              .formatted(String.join(" ", command), process.exitValue(), Files.readString(err)));
    }
    Duration cpu = Duration.ofMillis(childrenCpuMillis() - cpuBefore);
    return new Cost(wall, cpu, peak / 1024, JsonMapper.shared().readTree(Files.readString(out)));
  }

  /** Zero once the process has ended. */
  private static long peakKib(long pid) {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return status
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static long childrenCpuMillis() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    return MILLIS
        * (Long.parseLong(fields.get(CHILDREN_USER))
            + Long.parseLong(fields.get(CHILDREN_USER + 1)));
  }
}
