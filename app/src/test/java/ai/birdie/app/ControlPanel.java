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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a local workspace can be told under {@code /local}, by its administrator. */
final class ControlPanel implements AutoCloseable {

  private final WorkspaceAccess access;
  private final HttpClient client = HttpClient.newHttpClient();

  ControlPanel(WorkspaceAccess access) {
    this.access = access;
  }

  JsonNode get(String path) {
    return send(request(path).GET());
  }

  JsonNode post(String path, Map<String, Object> body) {
    String json = JsonMapper.shared().writeValueAsString(body);
    return send(request(path).POST(BodyPublishers.ofString(json)));
  }

  JsonNode delete(String path) {
    return send(request(path).DELETE());
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(access.host() + "/local/" + path))
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
