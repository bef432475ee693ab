package ai.birdie.app;

import ai.birdie.app.local.WorkspaceAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Faults of a local workspace; disarmed when closed. */
public final class ArmedFaults implements AutoCloseable {

  private final WorkspaceAccess access;
  private final HttpClient client = HttpClient.newHttpClient();

  public ArmedFaults(WorkspaceAccess access) {
    this.access = access;
  }

  /** Arms one, as docs/reference/local-control.md describes it. */
  public ArmedFaults arm(Map<String, Object> fault) {
    String body = JsonMapper.shared().writeValueAsString(fault);
    send(request().POST(BodyPublishers.ofString(body)));
    return this;
  }

  /** How often each kind has struck. */
  public Map<String, Integer> struck() {
    Map<String, Integer> struck = new TreeMap<>();
    send(request().GET())
        .path("faults")
        .forEach(fault ->
            struck.merge(
                fault.path("kind").asString(), fault.path("struck").asInt(), Integer::sum));
    return struck;
  }

  /** Disarms all that there are. */
  public void disarm() {
    send(request().DELETE());
  }

  @Override
  public void close() {
    disarm();
    client.close();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create(access.host() + "/local/faults"))
        .header("Authorization", "Bearer " + access.adminToken());
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(response.body());
      }
      return JsonMapper.shared().readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }
}
