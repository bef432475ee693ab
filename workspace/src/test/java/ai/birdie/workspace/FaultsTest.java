package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.workspace.clock.WorkspaceClock;
import ai.birdie.workspace.fault.Kind;
import ai.birdie.workspace.fault.Target;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class FaultsTest {
  private static final String FAULTS = "/local/faults";
  private static final String STATEMENTS = "/api/2.0/sql/statements/";
  private static final String ROOT = "/api/2.0/workspace/get-status?path=/";

  private final Client client;
  private final WorkspaceClock clock;
  private final String admin;
  private final String token;

  FaultsTest(Client client, WorkspaceClock clock) {
    this.client = client;
    this.clock = clock;
    this.admin = client.credentials().adminToken();
    this.token = client.credentials().personalAccessToken();
  }

  @AfterEach
  void disarm() {
    assertThat(client.delete(FAULTS, admin).status()).isEqualTo(200);
    clock.reset();
  }

  @Test
  void everyKindIsArmedListedAndDisarmedEverywhereWhereItMayBe() {
    for (Kind kind : Kind.values()) {
      for (Target place : kind.places()) {
        String body = "{\"kind\": \"%s\", \"where\": \"%s\"}".formatted(kind.word(), place.word());
        Client.Answer armed = client.post(FAULTS, admin, body);
        assertThat(armed.status()).as("%s: %s", body, armed).isEqualTo(200);
        String id = armed.body().path("id").asText();
        assertThat(client.delete(FAULTS + "/" + id, admin).status()).isEqualTo(200);
      }
    }
    assertThat(client.get(FAULTS, admin).body().path("faults")).isEmpty();
  }

  @Test
  void saysWhatMayBeArmed() {
    assertRefused("{}", "kind must be one of: too_many_requests, unavailable");
    assertRefused("{\"kind\": \"drop\"}", "where must be one of: token, api_root");
    assertRefused(
        "{\"kind\": \"lz4_bomb\", \"where\": \"poll\"}", "where must be one of: download.");
    assertRefused("{\"kind\": \"drop\", \"where\": \"any\", \"often\": 2}", "Unknown field: often");
    assertRefused("{\"kind\": \"slow\", \"where\": \"any\", \"delay\": \"PT1H\"}", "PT10M");
    assertRefused("{\"kind\": \"drop\", \"where\": \"any\", \"times\": 0}", "times must be");
    assertRefused(
        "{\"kind\": \"unavailable\", \"where\": \"any\", \"body\": \"xml\"}", "json, html");
    assertThat(client.post(FAULTS, token, "{}").status()).isEqualTo(403);
    assertThat(client.delete(FAULTS + "/nothing", admin).status()).isEqualTo(404);
  }

  @Test
  void noMoreThanSoManyAreArmed() {
    for (int i = 0; i < 100; i++) {
      arm("{\"kind\": \"drop\", \"where\": \"any\", \"statement_contains\": \"nobody asks this\"}");
    }
    assertThat(client.post(FAULTS, admin, "{\"kind\": \"drop\", \"where\": \"any\"}").status())
        .isEqualTo(429);
  }

  @Test
  void rateLimitComesInEveryForm() throws Exception {
    arm("{\"kind\": \"too_many_requests\", \"where\": \"api_root\", \"retry_after\": \"7\"}");
    HttpResponse<String> seconds = root();
    assertThat(seconds.statusCode()).isEqualTo(429);
    assertThat(seconds.headers().firstValue("Retry-After")).contains("7");
    assertThat(seconds.body()).contains("REQUEST_LIMIT_EXCEEDED");
    arm(
        "{\"kind\": \"too_many_requests\", \"where\": \"api_root\", \"body\": \"html\", \"retry_after\":"
            + " \"Wed, 21 Oct 2026 07:28:00 GMT\"}");
    assertThat(root().headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    arm("{\"kind\": \"too_many_requests\", \"where\": \"api_root\", \"body\": \"empty\"}");
    HttpResponse<String> empty = root();
    assertThat(empty.statusCode()).isEqualTo(429);
    assertThat(empty.body()).isEmpty();
    assertThat(root().statusCode()).isEqualTo(200);
  }

  @Test
  void strikesAsOftenAsItShouldAndCounts() throws Exception {
    arm("{\"kind\": \"internal_error\", \"where\": \"api_root\", \"skip\": 1, \"times\": 2}");
    assertThat(root().statusCode()).isEqualTo(200);
    assertThat(root().statusCode()).isEqualTo(500);
    assertThat(root().statusCode()).isEqualTo(500);
    assertThat(root().statusCode()).isEqualTo(200);
    JsonNode armed = client.get(FAULTS, admin).body().at("/faults/0");
    assertThat(armed.path("struck").asInt()).isEqualTo(2);
    assertThat(armed.path("kind").asText()).isEqualTo("internal_error");
  }

  @Test
  void strikesOnlyTheStatementsItIsMeantFor() {
    arm(
        "{\"kind\": \"unavailable\", \"where\": \"execute\", \"statement_contains\": \"'a'\", \"always\": true}");
    arm(
        "{\"kind\": \"internal_error\", \"where\": \"execute\", \"query_tag\": \"team=b\", \"always\": true}");
    assertThat(client.reader("SELECT 'a'").status()).isEqualTo(503);
    assertThat(client.reader("SELECT 'b'").status()).isEqualTo(200);
    assertThat(
            client
                .execute(
                    token,
                    "SELECT 'b'",
                    body ->
                        body.putArray("query_tags")
                            .addObject()
                            .put("key", "team")
                            .put("value", "b"))
                .status())
        .isEqualTo(500);
  }

  @Test
  void gatewayAnswersWithNumbersForCodes() throws Exception {
    arm("{\"kind\": \"invalid_token\", \"where\": \"api_root\"}");
    assertThat(Client.JSON.readTree(root().body()).path("error_code").isInt()).isTrue();
    arm("{\"kind\": \"invalid_client\"}");
    assertThat(client.form("/oidc/v1/token", Map.of(), "").body().path("error").asText())
        .isEqualTo("invalid_client");
  }

  @Test
  void droppedCallIsNotHeardAndALostAnswerIs() {
    client.admin("CREATE SCHEMA IF NOT EXISTS main.lost");
    client.admin("CREATE TABLE main.lost.t (id INT)");
    String insert = "INSERT INTO main.lost.t VALUES (1)";
    arm(
        "{\"kind\": \"drop\", \"where\": \"execute\", \"statement_contains\": \"INTO main.lost.t\"}");
    assertThatThrownBy(() -> client.admin(insert)).isInstanceOf(UncheckedIOException.class);
    assertThat(client.admin("SELECT count(*) AS n FROM main.lost.t").rows().getFirst())
        .containsExactly("0");
    arm(
        "{\"kind\": \"lost_answer\", \"where\": \"execute\", \"statement_contains\": \"INTO main.lost.t\"}");
    assertThatThrownBy(() -> client.admin(insert)).isInstanceOf(UncheckedIOException.class);
    assertThat(client.admin("SELECT count(*) AS n FROM main.lost.t").rows().getFirst())
        .containsExactly("1");
  }

  @Test
  void kindsAreDocumentedAsTheyAre() throws IOException {
    StringBuilder table = new StringBuilder("| kind | where | what it does |\n|---|---|---|\n");
    for (Kind kind : Kind.values()) {
      String places =
          kind.places().size() == Target.values().length
              ? "everywhere"
              : kind.places().stream().map(Target::word).collect(Collectors.joining(", "));
      table.append("| %s | %s | %s |\n".formatted(kind.word(), places, kind.description()));
    }
    assertThat(Files.readString(Path.of("../docs/reference/local-control.md")))
        .as("the table of kinds, which is:\n" + table)
        .contains(table);
  }

  @Test
  void answersAreCutAndDrip() throws Exception {
    arm("{\"kind\": \"cut\", \"where\": \"api_root\", \"after\": 5}");
    assertThatThrownBy(this::root).isInstanceOf(UncheckedIOException.class);
    arm("{\"kind\": \"drip\", \"where\": \"api_root\", \"bytes\": 10, \"delay\": \"PT0.001S\"}");
    assertThat(root().body()).contains("DIRECTORY");
    arm("{\"kind\": \"skewed_date\", \"where\": \"api_root\", \"by\": \"P400D\"}");
    assertThat(root().headers().firstValue("Date"))
        .isNotEqualTo(root().headers().firstValue("Date"));
    arm("{\"kind\": \"slow\", \"where\": \"api_root\", \"delay\": \"PT0.001S\"}");
    assertThat(root().statusCode()).isEqualTo(200);
  }

  @Test
  void manifestAndLinksAreWrong() {
    arm("{\"kind\": \"wrong_row_count\", \"where\": \"result\", \"by\": 3}");
    assertThat(arrow("NONE").body().at("/manifest/total_row_count").asInt()).isEqualTo(403);
    arm("{\"kind\": \"missing_link\", \"where\": \"result\"}");
    assertThat(arrow("NONE").body().at("/result/external_links")).isEmpty();
    arm("{\"kind\": \"duplicate_link\", \"where\": \"result\"}");
    JsonNode twice = arrow("NONE").body().at("/result/external_links");
    assertThat(twice.get(twice.size() - 1)).isEqualTo(twice.get(0));
    arm("{\"kind\": \"swapped_links\", \"where\": \"result\"}");
    assertThat(arrow("NONE").body().at("/result/external_links/0/external_link").asText())
        .contains("/1?");
    arm("{\"kind\": \"unreachable_storage\", \"where\": \"result\"}");
    assertThat(arrow("NONE").body().at("/result/external_links/0/external_link").asText())
        .startsWith("http://127.0.0.1:9/storage/");
    arm("{\"kind\": \"expired_link\", \"where\": \"result\"}");
    JsonNode expired = arrow("NONE").body().at("/result/external_links/0");
    assertThat(expired.path("expiration").asText()).startsWith("2020");
    assertThat(client.fetch(expired.path("external_link").asText()).statusCode()).isEqualTo(403);
  }

  @Test
  void strikeThatFindsNothingToChangeDoesNotCount() {
    arm("{\"kind\": \"wrong_row_count\", \"where\": \"result\"}");
    assertThat(client.get(STATEMENTS + "nothing", token).status()).isEqualTo(404);
    assertThat(client.get(FAULTS, admin).body().at("/faults/0/struck").asInt()).isZero();
    assertThat(client.reader("SELECT 1").body().at("/manifest/total_row_count").asInt())
        .isEqualTo(2);
  }

  @Test
  void statementIsInWhateverState() {
    arm("{\"kind\": \"unknown_state\", \"where\": \"execute\"}");
    assertThat(client.reader("SELECT 1").state()).isEqualTo("PAUSED");
    arm(
        "{\"kind\": \"failed\", \"where\": \"execute\", \"sql_state\": \"42501\", \"message\": \"no\"}");
    Client.Answer failed = client.reader("SELECT 1");
    assertThat(failed.state()).isEqualTo("FAILED");
    assertThat(failed.sqlState()).isEqualTo("42501");
    assertThat(failed.body().has("result")).isFalse();
    arm("{\"kind\": \"closed\", \"where\": \"execute\"}");
    Client.Answer closed = client.reader("SELECT 1");
    assertThat(closed.state()).isEqualTo("CLOSED");
    assertThat(closed.body().has("manifest")).isFalse();
    arm("{\"kind\": \"not_found\", \"where\": \"poll\"}");
    String id = client.reader("SELECT 1").id();
    assertThat(client.get(STATEMENTS + id, token).status()).isEqualTo(404);
    assertThat(client.get(STATEMENTS + id, token).state()).isEqualTo("SUCCEEDED");
    arm("{\"kind\": \"warehouse_state\"}");
    String warehouse = "/api/2.0/sql/warehouses/" + client.credentials().warehouseId();
    assertThat(client.get(warehouse, token).body().path("state").asText()).isEqualTo("STARTING");
  }

  @Test
  void statementFindsTheWarehouseColdAndWaits() {
    arm("{\"kind\": \"cold_warehouse\", \"seconds\": 90}");
    Client.Answer begun =
        client.execute(token, "SELECT 'cold'", body -> body.put("wait_timeout", "0s"));
    assertThat(begun.state()).isEqualTo("PENDING");
    assertThat(warehouseState()).isEqualTo("STARTING");
    clock.advance(Duration.ofSeconds(89));
    assertThat(client.get(STATEMENTS + begun.id(), token).state()).isEqualTo("PENDING");
    clock.advance(Duration.ofSeconds(1));
    assertThat(warehouseState()).isEqualTo("RUNNING");
    assertThat(client.reader("SELECT 'warm'").rows()).containsExactly(List.of("warm"));
    Client.Answer answer = client.get(STATEMENTS + begun.id(), token);
    while (!answer.state().equals("SUCCEEDED")) {
      assertThat(answer.state()).isIn("PENDING", "RUNNING");
      answer = client.get(STATEMENTS + begun.id(), token);
    }
    assertThat(answer.rows()).containsExactly(List.of("cold"));
  }

  @Test
  void callsAreRefusedAsLongAsTheWarehouseIsCold() {
    arm(
        "{\"kind\": \"cold_warehouse\", \"seconds\": 90, \"statements\": \"refused\","
            + " \"statement_contains\": \"'cold'\"}");
    assertThat(client.reader("SELECT 'warm'").state()).isEqualTo("SUCCEEDED");
    Client.Answer refused = client.reader("SELECT 'cold'");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body().path("error_code").asText()).isEqualTo("TEMPORARILY_UNAVAILABLE");
    assertThat(client.reader("SELECT 'warm'").status()).isEqualTo(503);
    clock.advance(Duration.ofSeconds(90));
    assertThat(client.reader("SELECT 'cold'").rows()).containsExactly(List.of("cold"));
    assertRefused("{\"kind\": \"cold_warehouse\", \"statements\": \"lost\"}", "wait, refused");
    assertRefused("{\"kind\": \"cold_warehouse\", \"seconds\": -1}", "seconds must be");
  }

  private String warehouseState() {
    String path = "/api/2.0/sql/warehouses/" + client.credentials().warehouseId();
    return client.get(path, token).body().path("state").asText();
  }

  @Test
  void filesAreSpoiled() throws IOException {
    String link = arrow("LZ4_FRAME").body().at("/result/external_links/0/external_link").asText();
    byte[] whole = client.fetch(link).body();
    arm("{\"kind\": \"corrupt_chunk\", \"at\": 50}");
    byte[] corrupt = client.fetch(link).body();
    assertThat(corrupt).hasSameSizeAs(whole).isNotEqualTo(whole);
    corrupt[50] ^= 0x5A;
    assertThat(corrupt).isEqualTo(whole);
    arm("{\"kind\": \"short_chunk\", \"by\": 10}");
    assertThat(client.fetch(link).body()).hasSize(whole.length - 10);
    arm("{\"kind\": \"several_frames\", \"frames\": 3}");
    assertThat(decompressed(client.fetch(link).body())).isEqualTo(decompressed(whole));
    arm("{\"kind\": \"lz4_bomb\", \"megabytes\": 3}");
    byte[] bomb = client.fetch(link).body();
    assertThat(bomb.length).isLessThan(100_000);
    assertThat(decompressed(bomb)).hasSize(3 * 1024 * 1024);
    arm("{\"kind\": \"storage_denied\", \"chunk\": 1, \"where\": \"download\"}");
    assertThat(client.fetch(link).statusCode()).isEqualTo(200);
    arm("{\"kind\": \"storage_denied\", \"chunk\": 0}");
    HttpResponse<byte[]> denied = client.fetch(link);
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(new String(denied.body(), StandardCharsets.UTF_8)).contains("AuthorizationFailure");
    assertThat(client.fetch(link).body()).isEqualTo(whole);
  }

  private static byte[] decompressed(byte[] bytes) throws IOException {
    try (LZ4FrameInputStream in = new LZ4FrameInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private Client.Answer arrow(String compression) {
    Client.Answer answer =
        client.execute(
            token,
            "SELECT id FROM range(0, 400)",
            body ->
                body.put("disposition", "EXTERNAL_LINKS")
                    .put("format", "ARROW_STREAM")
                    .put("result_compression", compression));
    assertThat(answer.state()).isEqualTo("SUCCEEDED");
    return answer;
  }

  private HttpResponse<String> root() {
    HttpRequest request =
        HttpRequest.newBuilder(client.uri(ROOT)).header("Authorization", "Bearer " + token).build();
    return Client.exchange(request, BodyHandlers.ofString());
  }

  private void arm(String body) {
    Client.Answer armed = client.post(FAULTS, admin, body);
    assertThat(armed.status()).as("%s", armed).isEqualTo(200);
  }

  private void assertRefused(String body, String why) {
    Client.Answer answer = client.post(FAULTS, admin, body);
    assertThat(answer.status()).as(body).isEqualTo(400);
    assertThat(answer.body().path("message").asText()).contains(why);
  }
}
