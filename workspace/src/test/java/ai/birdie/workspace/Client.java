package ai.birdie.workspace;

import ai.birdie.workspace.access.Credentials;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Speaks HTTP to a workspace, as any client would. */
final class Client {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** An answer: its status, and its body as JSON. */
  record Answer(int status, JsonNode body) {
    String state() {
      return body.at("/status/state").asText();
    }

    String message() {
      return body.at("/status/error/message").asText();
    }

    String sqlState() {
      return body.at("/status/sql_state").asText();
    }

    String id() {
      return body.path("statement_id").asText();
    }

    /** The rows of an answer with its data inline. */
    List<List<String>> rows() {
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode row : body.at("/result/data_array")) {
        List<String> values = new ArrayList<>();
        row.forEach(value -> values.add(value.isNull() ? "NULL" : value.textValue()));
        rows.add(values);
      }
      return rows;
    }

    List<String> typeTexts() {
      List<String> types = new ArrayList<>();
      body.at("/manifest/schema/columns").forEach(c -> types.add(c.path("type_text").asText()));
      return types;
    }
  }

  private final String host;
  private final Credentials credentials;

  Client(String host, Credentials credentials) {
    this.host = host;
    this.credentials = credentials;
  }

  Credentials credentials() {
    return credentials;
  }

  String host() {
    return host;
  }

  /** Runs a statement as the administrator, and expects it to succeed. */
  Answer admin(String statement) {
    Answer answer = execute(credentials.adminToken(), statement, body -> {});
    if (!answer.state().equals("SUCCEEDED")) {
      throw new AssertionError(statement + " came to " + answer);
    }
    return answer;
  }

  /** Runs a statement as the holder of the personal access token. */
  Answer reader(String statement) {
    return execute(credentials.personalAccessToken(), statement, body -> {});
  }

  Answer execute(String token, String statement, Consumer<ObjectNode> more) {
    ObjectNode body = JSON.createObjectNode();
    body.put("statement", statement);
    body.put("warehouse_id", credentials.warehouseId());
    body.put("wait_timeout", "50s");
    more.accept(body);
    return post("/api/2.0/sql/statements", token, body.toString());
  }

  /** Opens a session of the token's holder, and answers its id. */
  String openSession(String token) {
    String body = "{\"warehouse_id\": \"" + credentials.warehouseId() + "\"}";
    return post("/api/2.0/sql/sessions/", token, body).body().path("session_id").asText();
  }

  Answer get(String path, String token) {
    return send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token).GET());
  }

  Answer post(String path, String token, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer patch(String path, String token, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + token)
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer delete(String path, String token) {
    return send(
        HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token).DELETE());
  }

  Answer form(String path, Map<String, String> headers, String form) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    headers.forEach(request::header);
    return send(request);
  }

  /** Fetches a link; with whatever headers, and as bytes. */
  HttpResponse<byte[]> fetch(String link, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(link)).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return exchange(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  Answer send(HttpRequest.Builder request) {
    HttpResponse<String> response = exchange(request.build(), HttpResponse.BodyHandlers.ofString());
    try {
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(response.body(), e);
    }
  }

  URI uri(String path) {
    return URI.create(host + path);
  }

  static <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return HTTP.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
