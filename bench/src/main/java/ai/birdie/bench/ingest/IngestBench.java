package ai.birdie.bench.ingest;

import ai.birdie.bench.ingest.MeasuredProcess.Cost;
import ai.birdie.bench.recording.Columns;
import ai.birdie.bench.recording.Recording;
import ai.birdie.bench.server.ChunkServer;
import ai.birdie.core.feed.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whole processes that bring in the same rows, one after another, in turns. Figures hold as ratios
 * inside one round.
 */
final class IngestBench {

  /** Who is compared. */
  private enum Contender {
    A("download and decode only"),
    B("DuckDB from local Parquet"),
    C("birdie ingest"),
    X("birdie ingest, -Xmx256m"),
    D("databricks-jdbc, reading only"),
    E("databricks-jdbc into DuckDB's appender"),
    S("birdie ingest, store ten times slower");

    private final String what;

    Contender(String what) {
      this.what = what;
    }

    /** Whether it is fed by the vendor's driver, which selects the table's own columns only. */
    boolean byDriver() {
      return this == D || this == E;
    }
  }

  private final Commands commands;
  private final Recording recording;
  private final Path work;
  private final Map<Contender, List<Cost>> costs = new EnumMap<>(Contender.class);

  private IngestBench(Path root, long rows) throws IOException {
    this.commands = new Commands(root);
    this.recording = new Recording(folder(root), rows);
    this.work = Files.createTempDirectory("birdie-bench-");
  }

  private static Path folder(Path root) {
    return root.resolve("bench/target/recording");
  }

  /**
   * Arguments: rows (default 2,000,000), rounds (default 3), and the letters of those who take part
   * (default all; S takes part in the last round only).
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Path root = Path.of(System.getProperty("birdie.root", "."));
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    String letters = arguments.length > 2 ? arguments[2] : "abcxdes";
    Set<Contender> taking = EnumSet.noneOf(Contender.class);
    letters
        .toUpperCase(Locale.ROOT)
        .chars()
        .mapToObj(Character::toString)
        .map(Contender::valueOf)
        .forEach(taking::add);
    IngestBench bench = new IngestBench(root, rows);
    try (ServerProcess server = ServerProcess.start(bench.commands.server(folder(root), rows))) {
      bench.record(taking);
      bench.compare(server, rounds, taking);
      bench.report();
    } finally {
      delete(bench.work);
    }
  }

  private void record(Set<Contender> taking) throws IOException, SQLException {
    recording.writeChunks(Columns.FEED);
    if (taking.stream().anyMatch(Contender::byDriver)) {
      recording.writeChunks(Columns.TABLE);
    }
    if (taking.contains(Contender.B)) {
      recording.writeParquet();
    }
  }

  private void compare(ServerProcess server, int rounds, Set<Contender> taking)
      throws IOException, InterruptedException {
    Path connection = connection(server.host());
    print("%,d rows of 15 columns, %d chunks", recording.rows(), recording.chunks().size());
    print("  round                                              wall s    CPU s  peak MiB");
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : taking) {
        if (contender != Contender.S || round == rounds) {
          Cost cost = run(contender, server.host(), connection);
          costs.computeIfAbsent(contender, c -> new ArrayList<>()).add(cost);
          print("  %5d  %s", round, line(contender, cost));
        }
      }
    }
  }

  private Cost run(Contender contender, String host, Path connection)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectory(work.resolve(contender.name()));
    List<String> command =
        switch (contender) {
          case A -> commands.downloadOnly(connection);
          case B -> commands.parquetInsert(folder, recording);
          case C -> commands.ingest(folder, connection);
          case X -> commands.ingestInLittleHeap(folder, connection);
          case D -> commands.vendorRead(host);
          case E -> commands.vendorAppend(folder, host);
          case S -> commands.ingestSlowly(folder, connection, host);
        };
    Cost cost = MeasuredProcess.run(command, folder);
    requireAllRows(contender, cost.answer());
    delete(folder);
    return cost;
  }

  private void requireAllRows(Contender contender, JsonNode answer) {
    JsonNode rows = answer.has("feeds") ? answer.at("/feeds/0/added") : answer.path("rows");
    if (rows.asLong(-1) != recording.rows()) {
      throw new IllegalStateException(contender.what + " brought in " + rows + " rows");
    }
  }

  /**
   * As an administrator writes it, for the chunk server: its table is read by the cursor, since it
   * has no versions.
   */
  private Path connection(String host) throws IOException {
    Map<String, Object> file =
        Map.of(
            "connection_details",
            Map.of(
                "host",
                host,
                "warehouse_id",
                ChunkServer.WAREHOUSE,
                "auth",
                Map.of("method", "oauth", "client_id", "bench", "client_secret", "none")),
            "data_source",
            Map.of(
                "catalog", "main",
                "schema", "bench",
                "table", "feedback",
                "partition_column", "updated_at"),
            "ingestion",
            Map.of("mode", Mode.CURSOR.label()),
            "metadata",
            Map.of("data_kind", "NPS"));
    return Files.writeString(
        work.resolve("feedback.json"), JsonMapper.shared().writeValueAsString(file));
  }

  private void report() {
    print("  median");
    costs.forEach((contender, all) -> print("         %s", line(contender, median(all))));
    ratio("CPU of c to b", Contender.C, Contender.B, cost -> seconds(cost.cpu()), 1.5);
    ratio("wall clock of e to c", Contender.E, Contender.C, cost -> seconds(cost.wall()), 6);
    ratio("wall clock of d to c", Contender.D, Contender.C, cost -> seconds(cost.wall()), 1.6);
    costs.getOrDefault(Contender.S, List.of()).stream()
        .map(cost -> cost.answer().path("aheadMib").asLong())
        .forEach(ahead -> print("slow store: at most %d MiB were sent and not yet decoded", ahead));
  }

  /** The median of the rounds' ratios, and beside it all of them. */
  private void ratio(
      String what, Contender above, Contender below, ToDoubleFunction<Cost> of, double required) {
    List<Cost> one = costs.getOrDefault(above, List.of());
    List<Cost> other = costs.getOrDefault(below, List.of());
    List<Double> ratios =
        IntStream.range(0, Math.min(one.size(), other.size()))
            .mapToObj(i -> of.applyAsDouble(one.get(i)) / of.applyAsDouble(other.get(i)))
            .sorted()
            .toList();
    if (!ratios.isEmpty()) {
      print(
          "%s: %.2f of %s (required: %.1f)",
          what,
          ratios.get(ratios.size() / 2),
          ratios.stream().map("%.2f"::formatted).toList(),
          required);
    }
  }

  private static Cost median(List<Cost> costs) {
    return new Cost(
        middle(costs.stream().map(Cost::wall)),
        middle(costs.stream().map(Cost::cpu)),
        middle(costs.stream().map(Cost::peakMib)),
        costs.getFirst().answer());
  }

  private static <T extends Comparable<T>> T middle(Stream<T> values) {
    List<T> sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static String line(Contender contender, Cost cost) {
    return "%s  %-40s %8.2f %8.2f %9d"
        .formatted(
            contender.name().toLowerCase(Locale.ROOT),
            contender.what,
            seconds(cost.wall()),
            seconds(cost.cpu()),
            cost.peakMib());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
