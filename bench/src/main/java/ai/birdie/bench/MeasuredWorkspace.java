package ai.birdie.bench;

import ai.birdie.app.local.LocalWorkspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A local workspace of its own, and what it costs. For one thread. */
final class MeasuredWorkspace implements AutoCloseable {
  private static final Set<String> UNFINISHED = Set.of("PENDING", "RUNNING");

  /** How a statement went: how long it took, as its client sees it, and its whole answer. */
  record Measured(Duration took, JsonNode answer) {}

  private final LocalWorkspace workspace;
  private final ProcessHandle process;
  private final long startedAt;
  private final Duration ready;
  private final HttpClient client = HttpClient.newHttpClient();

  private MeasuredWorkspace(LocalWorkspace workspace, ProcessHandle process, long startedAt) {
    this.workspace = workspace;
    this.process = process;
    this.startedAt = startedAt;
    this.ready = sinceStart();
  }

  static MeasuredWorkspace start(Path root) {
    long startedAt = System.nanoTime();
    LocalWorkspace workspace = LocalWorkspace.start(root, List.of());
    ProcessHandle process = ProcessHandle.current().children().findFirst().orElseThrow();
    return new MeasuredWorkspace(workspace, process, startedAt);
  }

  /** From the start of the process until it said that it is ready. */
  Duration ready() {
    return ready;
  }

  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /**
   * The most memory that it has had resident, in MiB, as Linux keeps it in {@code VmHWM}.
   *
   * @throws IOException where there is no {@code /proc}
   */
  long peakResidentMib() throws IOException {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return status
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    }
  }

  /** Runs a statement as the administrator, with more fields of the request. */
  Measured run(String sql, Map<String, String> more) throws IOException, InterruptedException {
    Map<String, String> body = new HashMap<>(more);
    body.put("statement", sql);
    body.put("warehouse_id", workspace.access().warehouseId());
    body.put("wait_timeout", "50s");
    String json = JsonMapper.shared().writeValueAsString(body);
    long from = System.nanoTime();
    JsonNode answer = send(request("").POST(HttpRequest.BodyPublishers.ofString(json)));
    while (UNFINISHED.contains(state(answer))) {
      answer = send(request("/" + answer.path("statement_id").asString()).GET());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    if (!state(answer).equals("SUCCEEDED")) {
      throw new IllegalStateException("the statement came to " + answer.path("status"));
    }
    return new Measured(took, answer);
  }

  @Override
  public void close() {
    client.close();
    workspace.close();
  }

  private static String state(JsonNode answer) {
    return answer.path("status").path("state").asString();
  }

  private HttpRequest.Builder request(String path) {
    String url = workspace.access().host() + "/api/2.0/sql/statements" + path;
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + workspace.access().adminToken());
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return JsonMapper.shared()
        .readTree(client.send(request.build(), BodyHandlers.ofString()).body());
  }
}
