package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What no well-behaved client sends is answered in Databricks' shape, and harms nobody else. */
@ExtendWith(Running.class)
final class BadInputTest {
  private static final String STATEMENTS = "/api/2.0/sql/statements";

  private final Client client;
  private final String token;

  BadInputTest(Client client) {
    this.client = client;
    this.token = client.credentials().personalAccessToken();
  }

  @Test
  void whatIsNotAnObjectIsMalformed() {
    for (String body :
        List.of("{", "[]", "7", "\"x\"", "{\"a\":}", "{'a':1}", "\u0000", "{} x {")) {
      refused(client.post(STATEMENTS, token, body), 400, "");
    }
    refused(client.post(STATEMENTS, token, "{"), 400, "MALFORMED_REQUEST");
    refused(client.post(STATEMENTS, token, ""), 400, "INVALID_PARAMETER_VALUE");
  }

  @Test
  void deepNestingIsMalformed() {
    for (String open : List.of("[", "{\"a\":")) {
      refused(
          client.post(STATEMENTS, token, "{\"statement\":" + open.repeat(1_000_000)),
          400,
          "MALFORMED_REQUEST");
    }
  }

  @Test
  void manyLargeBodiesAtOnceAreRefusedOrTurnedAwayAndTheServerAnswersOn() throws Exception {
    byte[] body = new byte[31 * 1024 * 1024];
    Arrays.fill(body, (byte) 'x');
    System.arraycopy("{\"statement\":\"".getBytes(StandardCharsets.UTF_8), 0, body, 0, 14);
    System.arraycopy("\"}".getBytes(StandardCharsets.UTF_8), 0, body, body.length - 2, 2);
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        answers.add(many.submit(() -> client.send(large(body)).status()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isIn(400, 429);
      }
    }
    works();
  }

  private HttpRequest.Builder large(byte[] body) {
    return HttpRequest.newBuilder(client.uri(STATEMENTS))
        .header("Authorization", "Bearer " + token)
        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
  }

  @Test
  void noFormIsLarge() {
    String form = "grant_type=client_credentials&scope=" + "x".repeat(100_000);
    Client.Answer answer = client.form("/oidc/v1/token", Map.of(), form);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").asText()).isEqualTo("invalid_request");
  }

  @Test
  void tooLargeABodyIsRefusedAndTheServerAnswersOn() {
    String body = "{\"statement\":\"" + " ".repeat(40 * 1024 * 1024) + "\"}";
    refused(client.post(STATEMENTS, token, body), 413, "BAD_REQUEST");
    String text = "SELECT '" + "x".repeat(17 * 1024 * 1024) + "'";
    refused(client.execute(token, text, more -> {}), 400, "");
    works();
  }

  @Test
  void hugeStatementRuns() {
    String text = "SELECT length('" + "x".repeat(2 * 1024 * 1024) + "')";
    assertThat(client.reader(text).rows()).containsExactly(List.of("2097152"));
  }

  @Test
  void unknownFieldsAreTolerated() {
    Client.Answer answer =
        client.execute(
            token, "SELECT 1", body -> body.put("nobody_knows", 1).putObject("nor").put("this", 2));
    assertThat(answer.state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void wrongTypesAndValuesAreRefusedBeforeAnythingRuns() {
    List<Consumer<ObjectNode>> wrong =
        List.of(
            body -> body.put("statement", 7),
            body -> body.putNull("statement"),
            body -> body.put("warehouse_id", 7),
            body -> body.putObject("warehouse_id"),
            body -> body.put("catalog", true),
            body -> body.put("parameters", "x"),
            body -> body.putArray("parameters").add("x"),
            body ->
                body.putArray("parameters").addObject().put("name", "no name").put("value", "1"),
            body -> body.putArray("parameters").addObject().put("name", "n").putObject("value"),
            body -> body.put("query_tags", "x"),
            body -> body.put("row_limit", "x"),
            body -> body.put("row_limit", -1),
            body -> body.put("row_limit", 1.5),
            body -> body.putArray("byte_limit"),
            body -> body.put("wait_timeout", 10),
            body -> body.put("wait_timeout", "51s"),
            body -> body.put("wait_timeout", "-5s"),
            body -> body.put("on_wait_timeout", "PERHAPS"),
            body -> body.put("disposition", "BY_POST"),
            body -> body.put("format", "XML"),
            body -> body.put("format", "CSV"),
            body -> body.put("result_compression", "ZIP"),
            body -> body.put("session_id", "nobody-opened-it"));
    for (int i = 0; i < wrong.size(); i++) {
      Client.Answer answer = client.execute(token, "SELECT 1", wrong.get(i));
      assertThat(answer.status()).as("case " + i + ": " + answer).isBetween(400, 404);
      inShape(answer);
    }
  }

  @Test
  void unknownWarehousesStatementsAndChunksAreNotFound() {
    refused(
        client.execute(token, "SELECT 1", body -> body.put("warehouse_id", "ffff")),
        404,
        "RESOURCE_DOES_NOT_EXIST");
    refused(client.get(STATEMENTS + "/no-such", token), 404, "NOT_FOUND");
    refused(client.post(STATEMENTS + "/no-such/cancel", token, "{}"), 404, "NOT_FOUND");
    refused(client.delete(STATEMENTS + "/no-such", token), 404, "NOT_FOUND");
    String chunks = STATEMENTS + "/" + client.reader("SELECT 1").id() + "/result/chunks/";
    refused(client.get(chunks + "1", token), 404, "NOT_FOUND");
    for (String index : List.of("-1", "x", "1.0", "99999999999", "%20")) {
      refused(client.get(chunks + index, token), 400, "INVALID_PARAMETER_VALUE");
    }
  }

  @Test
  void methodsThatAreNotThereAreNoEndpoints() {
    for (String method : List.of("PUT", "PATCH", "OPTIONS", "TRACE", "BREW")) {
      refused(
          client.send(
              HttpRequest.newBuilder(client.uri(STATEMENTS))
                  .header("Authorization", "Bearer " + token)
                  .method(method, HttpRequest.BodyPublishers.noBody())),
          404,
          "ENDPOINT_NOT_FOUND");
    }
  }

  @Test
  void nonsenseInQueriesAndHeadersIsRefused() {
    String history = "/api/2.0/sql/history/queries?";
    refused(client.get(history + "max_results=many", token), 400, "INVALID_PARAMETER_VALUE");
    refused(client.get(history + "page_token=%F0%28%8C", token), 400, "");
    assertThat(client.get(history + "%3D=&&=&a", token).status()).isEqualTo(200);
    for (String header : List.of("Bearer", "Bearer ", "Basic eA==", "bearer\tx", "Digest a=b")) {
      Client.Answer answer =
          client.send(
              HttpRequest.newBuilder(client.uri(STATEMENTS)).header("Authorization", header));
      assertThat(answer.status()).as(header).isBetween(401, 403);
      assertThat(answer.body().path("error_code").isInt()).isTrue();
    }
  }

  @Test
  void clientsThatVanishLeaveTheServerWell() throws IOException {
    for (int i = 0; i < 50; i++) {
      raw("POST " + STATEMENTS + " HTTP/1.1\r\nHost: x\r\n");
      raw(authorized("POST") + "Content-Length: 1000000\r\n\r\n{\"statement\":");
      raw(authorized("POST") + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\"");
    }
    Client.Answer large =
        client.execute(
            token,
            "SELECT repeat('x', 100000) FROM range(100)",
            body -> body.put("disposition", "EXTERNAL_LINKS").put("format", "JSON_ARRAY"));
    String link = large.body().at("/result/external_links/0/external_link").asText();
    for (int i = 0; i < 20; i++) {
      raw("GET " + link.substring(client.host().length()) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    assertThat(client.fetch(link).statusCode()).isEqualTo(200);
    works();
  }

  @Test
  void randomBodiesAndPathsNeverFailInside() {
    long seed = new Random().nextLong();
    System.out.println("BadInputTest: seed " + seed);
    Random random = new Random(seed);
    String good =
        "{\"statement\":\"SELECT 1\",\"warehouse_id\":\""
            + client.credentials().warehouseId()
            + "\",\"parameters\":[{\"name\":\"a\",\"value\":\"1\",\"type\":\"INT\"}],\"row_limit\":5}";
    for (int i = 0; i < 300; i++) {
      Client.Answer answer = client.post(STATEMENTS, token, mutated(good, random));
      assertThat(answer.status()).as("seed " + seed + ", body " + i).isLessThan(500);
      Client.Answer found = client.get("/api/2.0/" + path(random), token);
      assertThat(found.status()).as("seed " + seed + ", path " + i).isLessThan(500);
    }
    works();
  }

  private void works() {
    assertThat(client.reader("SELECT 1").rows()).containsExactly(List.of("1"));
  }

  private static void refused(Client.Answer answer, int status, String errorCode) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    inShape(answer);
    if (!errorCode.isEmpty()) {
      assertThat(answer.body().path("error_code").asText()).isEqualTo(errorCode);
    }
  }

  private static void inShape(Client.Answer answer) {
    assertThat(answer.body().path("error_code").asText()).isNotEmpty();
    assertThat(answer.body().path("message").asText())
        .isNotEmpty()
        .doesNotContain("Exception", "\tat ");
  }

  private String authorized(String method) {
    return method
        + " "
        + STATEMENTS
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + token
        + "\r\n";
  }

  /** Sends, and goes. */
  private void raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.uri("/").getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }
  }

  private static String mutated(String text, Random random) {
    char[] characters = text.toCharArray();
    for (int i = random.nextInt(4); i >= 0; i--) {
      characters[random.nextInt(characters.length)] = (char) (32 + random.nextInt(95));
    }
    return new String(Arrays.copyOf(characters, characters.length - random.nextInt(3)));
  }

  private static String path(Random random) {
    List<String> parts =
        List.of(
            "sql", "statements", "warehouses", "history", "queries", "..", "%2F", "%00", "x", "");
    StringBuilder path = new StringBuilder();
    for (int i = random.nextInt(7); i >= 0; i--) {
      path.append(parts.get(random.nextInt(parts.size()))).append('/');
    }
    return path.toString();
  }
}
