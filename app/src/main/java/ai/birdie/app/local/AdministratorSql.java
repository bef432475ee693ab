package ai.birdie.app.local;

import ai.birdie.core.error.SourceException;
import ai.birdie.databricks.Surroundings;
import ai.birdie.databricks.WorkspaceHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a local workspace whatever SQL its administrator may run, as an ETL job of the customer's
 * would. Only for a workspace on this machine: Birdie itself never writes to a source.
 */
public final class AdministratorSql implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** What begins the message of an error that Spark has a name for; a value may follow. */
  private static final Pattern NAME = Pattern.compile("\\[([A-Z0-9_.]{1,100})]");

  private static final Set<String> UNFINISHED = Set.of("PENDING", "RUNNING");

  private final WorkspaceAccess access;
  private final Surroundings surroundings = Surroundings.ofThisMachine();
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
   * Runs one statement to its end, for some minutes at most.
   *
   * @throws SourceException if it fails, or has not ended by then
   */
  public void run(String sql) {
    String body =
        mapper.writeValueAsString(
            Map.of("statement", sql, "warehouse_id", access.warehouseId(), "wait_timeout", "50s"));
    JsonNode answer = ended(send(request("").POST(BodyPublishers.ofString(body))));
    if (!state(answer).equals("SUCCEEDED")) {
      throw SourceException.lasting(
          "The statement %s failed in the local workspace: %s."
              .formatted(id(answer), reason(answer.path("status").path("error"))),
          "Look it up in the workspace's query history, and mend it.",
          null);
    }
  }

  private JsonNode ended(JsonNode submitted) {
    JsonNode answer = submitted;
    long started = surroundings.nanoTime().getAsLong();
    while (UNFINISHED.contains(state(answer))) {
      if (surroundings.nanoTime().getAsLong() - started > LONGEST.toNanos()) {
        send(request("/" + id(answer) + "/cancel").POST(BodyPublishers.noBody()));
        throw SourceException.lasting(
            "The statement %s had not ended after %d minutes, and was cancelled."
                .formatted(id(answer), LONGEST.toMinutes()),
            "Let it write less at once.",
            null);
      }
      pause();
      answer = send(request("/" + id(answer)).GET());
    }
    return answer;
  }

  /** The error's name alone: its message may quote a row. */
  private static String reason(JsonNode error) {
    Matcher name = NAME.matcher(error.path("message").asString());
    return name.lookingAt() ? name.group(1) : error.path("error_code").asString("no reason given");
  }

  @Override
  public void close() {
    client.close();
  }

  private static String id(JsonNode answer) {
    return answer.path("statement_id").asString();
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
      throw interrupted(e);
    }
  }

  private void pause() {
    try {
      surroundings.delay().pause(PAUSE);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static SourceException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return SourceException.lasting("The statement was interrupted", "Run it again.", e);
  }
}
