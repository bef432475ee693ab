package ai.birdie.bench.server;

import ai.birdie.bench.recording.Recording;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process that serves a recording by the SQL Statement Execution API, as far as Birdie and the
 * vendor's driver use it, to anybody: tokens are given out and not looked at.
 */
public final class ChunkServer {

  /** What the ready line has in it. */
  public record Ready(String host) {}

  /** The only warehouse. */
  public static final String WAREHOUSE = "0123456789abcdef";

  /** Where the number of bytes of all chunks that were sent is asked for. */
  public static final String SENT = "/sent";

  private static final int BUFFER = 256 << 10;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpServer http;
  private final Recording recording;
  private final StatementsApi statements;
  private final AtomicLong sent = new AtomicLong();

  /** An answer: a body of JSON, or a file. */
  sealed interface Answer {
    record Document(int status, Object body) implements Answer {}

    record Chunk(Path file) implements Answer {}
  }

  private ChunkServer(HttpServer http, Recording recording) {
    this.http = http;
    this.recording = recording;
    this.statements = new StatementsApi(recording, host());
  }

  /** Arguments: the recording's folder, and its rows. Ends when its standard input does. */
  public static void main(String[] arguments) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    http.setExecutor(Executors.newCachedThreadPool());
    ChunkServer server =
        new ChunkServer(http, new Recording(Path.of(arguments[0]), Long.parseLong(arguments[1])));
    http.createContext("/", server::handle);
    http.start();
    System.out.println(JSON.writeValueAsString(new Ready(server.host())));
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private String host() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (answer(exchange, body)) {
        case Answer.Document(int status, Object document) -> send(exchange, status, document);
        case Answer.Chunk(Path file) -> send(exchange, file);
      }
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) {
    List<String> path =
        List.of(exchange.getRequestURI().getPath().replaceAll("^/+|/+$", "").split("/+", -1));
    return switch (path.getFirst()) {
      case "oidc" ->
          document(Map.of("access_token", "t", "token_type", "Bearer", "expires_in", 3600));
      case "sent" -> document(sent.get());
      case "chunks" -> new Answer.Chunk(StatementsApi.file(recording, path));
      case "telemetry-ext", "telemetry-unauth" ->
          document(Map.of("errors", List.of(), "numSuccess", 0, "numProtoSuccess", 0));
      case "api" -> api(exchange.getRequestMethod(), path.subList(2, path.size()), body);
      default -> missing();
    };
  }

  private Answer api(String method, List<String> path, byte[] body) {
    boolean session = path.getLast().equals("sessions");
    return switch (path.getFirst() + "/" + path.get(1)) {
      case "sql/statements" ->
          statements.answer(method, path.subList(2, path.size()), json(body)).orElse(missing());
      case "sql/sessions" -> document(session ? Map.of("session_id", "s") : Map.of());
      case "sql/warehouses" ->
          session
              ? document(Map.of("session_id", "s"))
              : document(Map.of("id", WAREHOUSE, "name", "Chunks", "state", "RUNNING"));
      case "sql/history" -> document(Map.of("has_next_page", false));
      case "connector-service/feature-flags" ->
          document(Map.of("flags", List.of(), "ttl_seconds", 3600));
      default -> missing();
    };
  }

  static Answer document(Object body) {
    return new Answer.Document(200, body);
  }

  private static Answer missing() {
    return new Answer.Document(
        404, Map.of("error_code", "ENDPOINT_NOT_FOUND", "message", "Not served in a benchmark"));
  }

  private static JsonNode json(byte[] body) {
    return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
  }

  private static void send(HttpExchange exchange, int status, Object document) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(document);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void send(HttpExchange exchange, Path file) throws IOException {
    exchange.sendResponseHeaders(200, Files.size(file));
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      OutputStream out = exchange.getResponseBody();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        sent.addAndGet(n);
      }
    }
  }
}
