package ai.birdie.bench.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.people.Finding;
import ai.birdie.people.PersonalData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Shows what would be taken out of the columns {@code title} and {@code text} of a folder's CSV
 * files, so that somebody can judge it, and how long looking takes:
 *
 * <p>{@code bench/run redaction DIR}
 */
public final class RedactionBench {

  private static final int AROUND = 24;
  private static final int ROUNDS = 200;

  private final PersonalData people = new PersonalData();

  private RedactionBench() {}

  /** Prints a line for each find, then a line for each file, then the times. */
  public static void main(String[] args) throws IOException, SQLException {
    Map<String, List<String>> files = read(Path.of(args[0]));
    RedactionBench bench = new RedactionBench();
    files.forEach(bench::show);
    files.forEach(bench::count);
    bench.time(files.values().stream().flatMap(List::stream).toList());
  }

  private static Map<String, List<String>> read(Path folder) throws IOException, SQLException {
    Map<String, List<String>> texts = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.csv")) {
      for (Path file : files) {
        texts.put(file.getFileName().toString(), read(statement, file));
      }
    }
    return texts;
  }

  private static List<String> read(Statement statement, Path file) throws SQLException {
    String columns =
        "SELECT COLUMNS(lambda c: lower(c) IN ('title', 'text')) FROM read_csv('%s', all_varchar = true)"
            .formatted(file.toString().replace("'", "''"));
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(columns)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          String text = rows.getString(i);
          if (text != null) {
            texts.add(text);
          }
        }
      }
    }
    return texts;
  }

  private void show(String file, List<String> texts) {
    for (String text : texts) {
      for (Finding finding : people.find(text)) {
        System.out.printf(
            "%s %s: %s>>%s<<%s%n",
            file,
            finding.sort(),
            text.substring(Math.max(0, finding.from() - AROUND), finding.from()),
            text.substring(finding.from(), finding.to()),
            text.substring(finding.to(), Math.min(text.length(), finding.to() + AROUND)));
      }
    }
  }

  private void count(String file, List<String> texts) {
    Map<Finding.Sort, Integer> sorts = new EnumMap<>(Finding.Sort.class);
    long suspects = 0;
    long changed = 0;
    for (String text : texts) {
      suspects += people.isSuspect(ByteBuffer.wrap(text.getBytes(UTF_8))) ? 1 : 0;
      changed += people.redact(text).equals(text) ? 0 : 1;
      people.find(text).forEach(finding -> sorts.merge(finding.sort(), 1, Integer::sum));
    }
    System.out.printf(
        "%s: %,d texts, %,d looked at, %,d changed %s%n",
        file, texts.size(), suspects, changed, sorts);
  }

  private void time(List<String> texts) {
    List<ByteBuffer> bytes = texts.stream().map(t -> ByteBuffer.wrap(t.getBytes(UTF_8))).toList();
    List<String> suspects =
        texts.stream().filter(t -> people.isSuspect(ByteBuffer.wrap(t.getBytes(UTF_8)))).toList();
    long size = bytes.stream().mapToLong(ByteBuffer::limit).sum();
    double glance = seconds(() -> bytes.stream().filter(people::isSuspect).count());
    double look =
        seconds(() -> suspects.stream().map(people::redact).mapToInt(String::length).sum());
    System.out.printf(
        "a glance at each: %.0f ns a text, %.0f MB/s; a look at one in %d: %.1f us each; together %.0f ns a text%n",
        glance / texts.size() * 1e9,
        size / glance / 1e6,
        texts.size() / Math.max(1, suspects.size()),
        look / Math.max(1, suspects.size()) * 1e6,
        (glance + look) / texts.size() * 1e9);
  }

  /** The best of many rounds, in seconds. */
  private static double seconds(LongSupplier work) {
    double best = Double.MAX_VALUE;
    long seen = work.getAsLong();
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      long again = work.getAsLong();
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
      if (again != seen) {
        throw new IllegalStateException("The same texts were not seen the same");
      }
    }
    return best;
  }
}
