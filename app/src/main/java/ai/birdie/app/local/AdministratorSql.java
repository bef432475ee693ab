package ai.birdie.app.local;

import ai.birdie.core.error.SourceException;
import ai.birdie.databricks.WorkspaceHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a local workspace whatever SQL its administrator may run, as an ETL job of the customer's
 * would. Only for a workspace on this machine: Birdie itself never writes to a source.
 */
public final class AdministratorSql implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Set<String> UNFINISHED = Set.of("PENDING", "RUNNING");

  private final WorkspaceAccess access;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper mapper = JsonMapper.shared();

  /**
   * @throws ai.birdie.core.error.ConfigException unless the workspace is on this machine
   */
  public AdministratorSql(WorkspaceAccess access) {
    WorkspaceHost.local(access.host());
    this.access = access;
  }

  /**
   * Runs one statement to its end.
   *
   * @throws SourceException if it fails
   */
  public void run(String sql) {
    String body =
        mapper.writeValueAsString(
            Map.of("statement", sql, "warehouse_id", access.warehouseId(), "wait_timeout", "50s"));
    JsonNode answer = send(request("").POST(HttpRequest.BodyPublishers.ofString(body)));
    while (UNFINISHED.contains(state(answer))) {
      answer = send(request("/" + answer.path("statement_id").asString()).GET());
    }
    if (!state(answer).equals("SUCCEEDED")) {
      throw SourceException.lasting(
          "The statement failed: " + answer.path("status").path("error").path("message").asString(),
          "Mend the statement.",
          null);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static String state(JsonNode answer) {
    return answer.path("status").path("state").asString();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(access.host() + "/api/2.0/sql/statements" + path))
        .header("Authorization", "Bearer " + access.adminToken())
        .header("Content-Type", "application/json")
        .timeout(LONGEST);
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      return mapper.readTree(client.send(request.build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw SourceException.lasting("The local workspace does not answer", "Start it again.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SourceException.lasting("The statement was interrupted", "Run it again.", e);
    }
  }
}
