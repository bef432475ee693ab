package ai.birdie.bench.server;

import ai.birdie.bench.recording.Column;
import ai.birdie.bench.recording.Columns;
import ai.birdie.bench.recording.Recording;
import ai.birdie.bench.recording.Recording.Chunk;
import ai.birdie.bench.server.ChunkServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Statements, told apart by a few words of their text: there is no engine that would understand
 * them. Windows begin and end where chunks do, because the probe cuts there. Safe for use by many
 * threads.
 */
final class StatementsApi {

  private static final int LINKS_AT_ONCE = 8;

  /** As many quantiles as the probe asks for. */
  private static final int PARTS = 200;

  private static final long DAY_MICROS = 86_400_000_000L;

  private static final Pattern WINDOW =
      Pattern.compile("p >= (-?\\d+)L AND p < (-?\\d+)L THEN (\\d+)");

  private final Recording recording;
  private final String host;
  private final Map<String, Selected> results = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  /** The chunks of a recording that are a statement's result. */
  private record Selected(Columns columns, List<Chunk> chunks) {

    /** Rows are numbered anew in each result. */
    long rowOffset(int index) {
      return chunks.get(index).rowOffset() - chunks.getFirst().rowOffset();
    }

    long rows() {
      return chunks.stream().mapToLong(Chunk::rowCount).sum();
    }
  }

  StatementsApi(Recording recording, String host) {
    this.recording = recording;
    this.host = host;
  }

  /** The file to which a link leads. */
  static Path file(Recording recording, List<String> path) {
    Chunk chunk = recording.chunks().get(Integer.parseInt(path.get(2)));
    return recording.file(Columns.valueOf(path.get(1)), chunk);
  }

  /** Answers what is asked under the statements' path. */
  Optional<Answer> answer(String method, List<String> path, JsonNode body) {
    return switch (method + " " + path.size()) {
      case "POST 0" -> Optional.of(submit(body));
      case "GET 1" -> found(path).map(result -> succeeded(path.getFirst(), result));
      case "GET 4" ->
          found(path)
              .map(result -> links(path.getFirst(), result, Integer.parseInt(path.get(3))))
              .map(ChunkServer::document);
      case "POST 2", "DELETE 1" -> {
        results.remove(path.getFirst());
        yield Optional.of(ChunkServer.document(Map.of()));
      }
      default -> Optional.empty();
    };
  }

  private Optional<Selected> found(List<String> path) {
    return Optional.ofNullable(results.get(path.getFirst()));
  }

  private Answer submit(JsonNode body) {
    String sql = body.path("statement").asString();
    String id = "statement-" + number.incrementAndGet();
    if (sql.endsWith("WHERE 1=0")) {
      return inline(id, Columns.TABLE.columns(), List.of());
    }
    if (sql.contains("approx_percentile")) {
      return probe(id);
    }
    if (sql.contains("GROUP BY part")) {
      return totals(id, sql);
    }
    if (sql.contains(":start")) {
      return succeeded(id, window(body.path("parameters")));
    }
    if (sql.startsWith("SELECT * FROM ")) {
      return succeeded(id, new Selected(Columns.TABLE, recording.chunks()));
    }
    return failed(id, "Not served in a benchmark: " + sql);
  }

  private Selected window(JsonNode parameters) {
    long start = micros(parameters, "start");
    long end = micros(parameters, "end");
    List<Chunk> chunks =
        recording.chunks().stream()
            .filter(chunk -> chunk.firstCursor() >= start && chunk.firstCursor() <= end)
            .toList();
    if (chunks.isEmpty() || chunks.getLast().lastCursor() > end) {
      throw new IllegalArgumentException("A window does not end where a chunk does");
    }
    return new Selected(Columns.FEED, chunks);
  }

  private static long micros(JsonNode parameters, String name) {
    return parameters
        .valueStream()
        .filter(parameter -> parameter.path("name").asString().equals(name))
        .map(parameter -> Instant.parse(parameter.path("value").asString()))
        .mapToLong(time -> ChronoUnit.MICROS.between(Instant.EPOCH, time))
        .findFirst()
        .orElseThrow();
  }

  /** A day after the last row; every row is due. */
  private Answer probe(String id) {
    List<Chunk> chunks = recording.chunks();
    String cuts =
        IntStream.range(1, PARTS)
            .mapToObj(i -> chunks.get(i * chunks.size() / PARTS))
            .map(chunk -> Long.toString(chunk.firstCursor()))
            .collect(Collectors.joining(","));
    List<String> row =
        List.of(
            "feed",
            Long.toString(chunks.getLast().lastCursor() + DAY_MICROS),
            Long.toString(chunks.getFirst().firstCursor()),
            "0",
            "0",
            Long.toString(recording.rows()),
            cuts);
    List<Column> columns =
        List.of("part", "clock", "smallest", "without_cursor", "ahead", "due", "cuts").stream()
            .map(Column::text)
            .toList();
    return inline(id, columns, List.of(row));
  }

  /** The total of each window, whose bounds the statement has beside its number. */
  private Answer totals(String id, String sql) {
    List<List<String>> rows = new ArrayList<>();
    Matcher windows = WINDOW.matcher(sql);
    while (windows.find()) {
      long from = Long.parseLong(windows.group(1));
      long to = Long.parseLong(windows.group(2));
      List<Chunk> chunks =
          recording.chunks().stream()
              .filter(chunk -> chunk.firstCursor() >= from && chunk.firstCursor() < to)
              .toList();
      rows.add(
          List.of(
              windows.group(3),
              Long.toString(chunks.stream().mapToLong(Chunk::rowCount).sum()),
              chunks.stream()
                  .map(recording::hashSum)
                  .reduce(BigInteger.ZERO, BigInteger::add)
                  .toString()));
    }
    return inline(id, Stream.of("part", "count", "hash_sum").map(Column::text).toList(), rows);
  }

  private static Answer inline(String id, List<Column> columns, List<List<String>> rows) {
    List<Map<String, Object>> chunks =
        rows.isEmpty() ? List.of() : List.of(chunk(0, 0, rows.size(), 0));
    return ChunkServer.document(
        Map.of(
            "statement_id",
            id,
            "status",
            Map.of("state", "SUCCEEDED"),
            "manifest",
            manifest("JSON_ARRAY", columns, chunks, rows.size()),
            "result",
            rows.isEmpty() ? Map.of() : Map.of("data_array", rows)));
  }

  private static Answer failed(String id, String message) {
    return ChunkServer.document(
        Map.of(
            "statement_id",
            id,
            "status",
            Map.of(
                "state",
                "FAILED",
                "error",
                Map.of("error_code", "BAD_REQUEST", "message", message))));
  }

  private Answer succeeded(String id, Selected result) {
    results.put(id, result);
    List<Map<String, Object>> chunks =
        IntStream.range(0, result.chunks().size()).mapToObj(i -> chunk(result, i)).toList();
    return ChunkServer.document(
        Map.of(
            "statement_id",
            id,
            "status",
            Map.of("state", "SUCCEEDED"),
            "manifest",
            manifest("ARROW_STREAM", result.columns().columns(), chunks, result.rows()),
            "result",
            links(id, result, 0)));
  }

  private static Map<String, Object> manifest(
      String format, List<Column> columns, List<Map<String, Object>> chunks, long rows) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", format);
    manifest.put(
        "schema",
        Map.of(
            "column_count",
            columns.size(),
            "columns",
            IntStream.range(0, columns.size()).mapToObj(i -> column(columns.get(i), i)).toList()));
    manifest.put("total_chunk_count", chunks.size());
    manifest.put("chunks", chunks);
    manifest.put("total_row_count", rows);
    manifest.put(
        "total_byte_count",
        chunks.stream().mapToLong(chunk -> (Long) chunk.get("byte_count")).sum());
    manifest.put("truncated", false);
    if (format.equals("ARROW_STREAM")) {
      manifest.put("result_compression", "LZ4_FRAME");
    }
    return manifest;
  }

  private static Map<String, Object> column(Column column, int position) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", column.name());
    entry.put("type_text", column.typeText());
    entry.put("type_name", column.typeName());
    entry.put("position", position);
    if (column.typeName().equals("DECIMAL")) {
      entry.put("type_precision", 12);
      entry.put("type_scale", 2);
    }
    return entry;
  }

  private Map<String, Object> chunk(Selected result, int index) {
    Chunk chunk = result.chunks().get(index);
    return chunk(index, result.rowOffset(index), chunk.rowCount(), size(result, chunk));
  }

  private static Map<String, Object> chunk(int index, long rowOffset, long rows, long bytes) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("chunk_index", index);
    entry.put("row_offset", rowOffset);
    entry.put("row_count", rows);
    entry.put("byte_count", bytes);
    return entry;
  }

  private long size(Selected result, Chunk chunk) {
    try {
      return Files.size(recording.file(result.columns(), chunk));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> links(String id, Selected result, int first) {
    List<Map<String, Object>> links = new ArrayList<>();
    int count = result.chunks().size();
    for (int i = first; i < Math.min(first + LINKS_AT_ONCE, count); i++) {
      Map<String, Object> link = chunk(result, i);
      if (i + 1 < count) {
        link.put("next_chunk_index", i + 1);
        link.put(
            "next_chunk_internal_link",
            "/api/2.0/sql/statements/" + id + "/result/chunks/" + (i + 1));
      }
      link.put(
          "external_link",
          host + "/chunks/" + result.columns() + "/" + result.chunks().get(i).index());
      link.put("expiration", "2100-01-01T00:00:00.000Z");
      links.add(link);
    }
    return Map.of("external_links", links);
  }
}
