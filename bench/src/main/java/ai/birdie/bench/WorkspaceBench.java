package ai.birdie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How fast the local workspace starts, and turns a large table into chunks of Arrow: beside what
 * Spark itself takes to write the same rows as Parquet, in the same process, in turns.
 */
final class WorkspaceBench {
  private static final String COLUMNS =
      """
      concat('nps-', lpad(CAST(id AS STRING), 12, '0')) AS feedback_id,
      CAST(id % 11 AS INT) AS rating,
      concat('Order ', id, ' came late, but support answered within ', id % 48, ' hours') AS text,
      timestamp_seconds(1700000000 + id) AS posted_at,
      timestamp_seconds(1700000060 + id) AS updated_at,
      concat('account-', id % 5000) AS account_id,
      concat('user-', id % 50000) AS author_id,
      id % 3 = 0 AS verified,
      CAST(id AS DOUBLE) / 7 AS score,
      CAST(id % 100000 AS DECIMAL(12, 2)) AS revenue,
      date_add(DATE'2020-01-01', CAST(id % 2000 AS INT)) AS day,
      array('en', 'de', 'fr', 'es', 'ja')[CAST(id % 5 AS INT)] AS language,
      concat('https://example.com/product/', id % 10000) AS url,
      id * 31 AS number,
      md5(CAST(id AS STRING)) AS checksum
      """;

  private static final String ALL = "SELECT * FROM main.bench.wide";

  /** The seconds of one round. */
  private record Round(double arrow, double arrowLz4, double parquet) {}

  private WorkspaceBench() {}

  /** Arguments: rows (default 2,000,000) and rounds (default 5). */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("birdie.root", "."));
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    try (MeasuredWorkspace workspace = MeasuredWorkspace.start(root)) {
      workspace.run("SELECT count(*), max(updated_at) FROM main.feedback.nps", Map.of());
      Duration firstRead = workspace.sinceStart();
      print("%d processors", Runtime.getRuntime().availableProcessors());
      print("ready after                 %6.2f s", seconds(workspace.ready()));
      print("first Delta table read at   %6.2f s", seconds(firstRead));
      workspace.run("CREATE SCHEMA main.bench", Map.of());
      workspace.run(
          "CREATE TABLE main.bench.wide AS SELECT " + COLUMNS + " FROM range(" + rows + ")",
          Map.of());
      print("%,d rows of 15 columns, seconds for all:", rows);
      print("  round      Arrow  Arrow, LZ4    Parquet");
      compare(workspace, rounds);
    }
  }

  private static void compare(MeasuredWorkspace workspace, int rounds)
      throws IOException, InterruptedException {
    List<Round> measured = new ArrayList<>();
    long peak = 0;
    for (int round = 1; round <= rounds; round++) {
      double arrow = seconds(arrow(workspace, "NONE"));
      double arrowLz4 = seconds(arrow(workspace, "LZ4_FRAME"));
      peak = round == 1 ? workspace.peakResidentMib() : peak;
      double parquet = seconds(parquet(workspace));
      print("  %5d %10.2f %11.2f %10.2f", round, arrow, arrowLz4, parquet);
      measured.add(new Round(arrow, arrowLz4, parquet));
    }
    print(
        "median of Parquet's time over Arrow's: %.2f, over Arrow's with LZ4: %.2f",
        median(measured.stream().map(round -> round.parquet() / round.arrow())),
        median(measured.stream().map(round -> round.parquet() / round.arrowLz4())));
    print(
        "most memory resident: %,d MiB with Arrow alone, %,d MiB in all",
        peak, workspace.peakResidentMib());
  }

  private static Duration arrow(MeasuredWorkspace workspace, String compression)
      throws IOException, InterruptedException {
    return workspace
        .run(
            ALL,
            Map.of(
                "disposition", "EXTERNAL_LINKS",
                "format", "ARROW_STREAM",
                "result_compression", compression))
        .took();
  }

  private static Duration parquet(MeasuredWorkspace workspace)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("birdie-bench-");
    try {
      return workspace
          .run("INSERT OVERWRITE DIRECTORY '" + folder + "' USING parquet " + ALL, Map.of())
          .took();
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static double median(Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static void print(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
