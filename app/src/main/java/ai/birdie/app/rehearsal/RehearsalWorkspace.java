package ai.birdie.app.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.databricks.sql.Column;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A workspace on this machine that answers what one run asks for a table of {@value #ROWS} rows.
 * There is no engine: statements are told apart by a few words of their text.
 */
public final class RehearsalWorkspace implements AutoCloseable {

  /** How many rows there are to land. */
  public static final int ROWS = Feedback.ROWS;

  private static final long DAY_MICROS = 86_400_000_000L;
  private static final Pattern WINDOW =
      Pattern.compile("p >= (-?\\d+)L AND p < (-?\\d+)L THEN (\\d+)");

  private final HttpServer http;
  private final Feedback feedback;
  private final JsonMapper json = JsonMapper.shared();

  private RehearsalWorkspace(HttpServer http, Feedback feedback) {
    this.http = http;
    this.feedback = feedback;
  }

  /** Starts it, on any free port. */
  public static RehearsalWorkspace start() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    RehearsalWorkspace workspace = new RehearsalWorkspace(http, Feedback.written());
    http.createContext("/", workspace::handle);
    http.start();
    return workspace;
  }

  /** A connection file's text that names the table. */
  public String connection() {
    return """
    {"connection_details": {"host": "%s", "warehouse_id": "0123456789abcdef",
      "auth": {"method": "oauth", "client_id": "rehearsal", "client_secret": "none"}},
     "data_source": {"catalog": "main", "schema": "rehearsal", "table": "feedback",
      "partition_column": "updated_at"},
     "ingestion": {"mode": "cursor"}, "metadata": {"data_kind": "NPS"}}
    """
        .formatted(host());
  }

  private String host() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String path = exchange.getRequestURI().getPath();
      byte[] answer =
          path.equals("/chunk") ? feedback.chunk() : json.writeValueAsBytes(answer(path, body));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private Map<String, Object> answer(String path, String body) {
    if (path.startsWith("/oidc")) {
      return Map.of("access_token", "t", "token_type", "Bearer", "expires_in", 3600);
    }
    if (path.startsWith("/api/2.0/sql/warehouses")) {
      return Map.of("id", "0123456789abcdef", "name", "Rehearsal", "state", "RUNNING");
    }
    return body.contains("\"statement\"") ? result(body) : Map.of();
  }

  private Map<String, Object> result(String statement) {
    if (statement.contains("approx_percentile")) {
      return inline(
          List.of("part", "clock", "smallest", "without_cursor", "ahead", "due", "cuts"),
          Stream.of(probe()));
    }
    if (statement.contains("GROUP BY part")) {
      return inline(
          List.of("part", "count", "hash_sum"),
          WINDOW.matcher(statement).results().map(this::total));
    }
    if (statement.contains(":start")) {
      return succeeded(
          manifest("ARROW_STREAM", Feedback.COLUMNS_OF_A_WINDOW, ROWS, feedback.chunk().length),
          Map.of("external_links", List.of(link())));
    }
    return succeeded(manifest("JSON_ARRAY", Feedback.COLUMNS, 0, 0), Map.of());
  }

  /** A day after the first row; every row is due. */
  private static List<String> probe() {
    String first = Long.toString(Feedback.FIRST_CURSOR);
    String clock = Long.toString(Feedback.FIRST_CURSOR + DAY_MICROS);
    return List.of("feed", clock, first, "0", "0", Integer.toString(ROWS), first);
  }

  /** Of a window, which has all rows or none. */
  private List<String> total(MatchResult window) {
    boolean all =
        Long.parseLong(window.group(1)) <= Feedback.FIRST_CURSOR
            && Feedback.FIRST_CURSOR < Long.parseLong(window.group(2));
    return all
        ? List.of(window.group(3), Integer.toString(ROWS), feedback.hashSum().toString())
        : List.of(window.group(3), "0", "0");
  }

  private Map<String, Object> link() {
    return Map.of(
        "chunk_index",
        0,
        "row_offset",
        0,
        "row_count",
        ROWS,
        "byte_count",
        feedback.chunk().length,
        "external_link",
        host() + "/chunk",
        "expiration",
        "2100-01-01T00:00:00.000Z");
  }

  private static Map<String, Object> inline(List<String> names, Stream<List<String>> values) {
    List<Column> columns = names.stream().map(name -> new Column(name, "STRING")).toList();
    List<List<String>> rows = values.toList();
    return succeeded(manifest("JSON_ARRAY", columns, rows.size(), 0), Map.of("data_array", rows));
  }

  private static Map<String, Object> succeeded(
      Map<String, Object> manifest, Map<String, Object> result) {
    return Map.of(
        "statement_id",
        "statement",
        "status",
        Map.of("state", "SUCCEEDED"),
        "manifest",
        manifest,
        "result",
        result);
  }

  private static Map<String, Object> manifest(
      String format, List<Column> columns, int rows, int bytes) {
    Map<String, Integer> chunk =
        Map.of("chunk_index", 0, "row_offset", 0, "row_count", rows, "byte_count", bytes);
    return Map.of(
        "format",
        format,
        "schema",
        Map.of("column_count", columns.size(), "columns", described(columns)),
        "total_chunk_count",
        rows == 0 ? 0 : 1,
        "chunks",
        rows == 0 ? List.of() : List.of(chunk),
        "total_row_count",
        rows,
        "total_byte_count",
        bytes,
        "truncated",
        false,
        "result_compression",
        format.equals("ARROW_STREAM") ? "LZ4_FRAME" : "NONE");
  }

  private static List<Map<String, Object>> described(List<Column> columns) {
    return IntStream.range(0, columns.size()).mapToObj(i -> described(columns.get(i), i)).toList();
  }

  private static Map<String, Object> described(Column column, int position) {
    String type = column.typeText();
    return Map.of(
        "name",
        column.name(),
        "type_text",
        type,
        "type_name",
        type.equals("BIGINT") ? "LONG" : type,
        "position",
        position);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
