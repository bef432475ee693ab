package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.workspace.clock.WorkspaceClock;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions, as drivers open them. */
@ExtendWith(Running.class)
final class SessionsTest {
  private static final String SESSIONS = "/api/2.0/sql/sessions";

  private final Client client;
  private final WorkspaceClock clock;
  private final String token;
  private final List<String> opened = new ArrayList<>();

  SessionsTest(Client client, WorkspaceClock clock) {
    this.client = client;
    this.clock = clock;
    this.token = client.credentials().personalAccessToken();
  }

  @AfterEach
  void closeAll() {
    opened.forEach(id -> client.delete(SESSIONS + "/" + id, token));
    clock.reset();
  }

  @Test
  void sessionBeginsAsAsked() {
    String session =
        open(body -> {
          body.put("catalog", "main").put("schema", "feedback");
          body.putObject("session_confs").put("timezone", "America/Los_Angeles");
        });
    assertThat(run(session, "SELECT current_catalog(), current_schema()").rows())
        .containsExactly(List.of("main", "feedback"));
    assertThat(run(session, "SELECT CAST(TIMESTAMP'2026-01-01 00:00:00Z' AS STRING)").rows())
        .containsExactly(List.of("2025-12-31 16:00:00"));
    assertThat(run(session, "SELECT count(*) FROM nps").state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void whatIsNotThereCannotBeBegunWith() {
    Client.Answer catalog = answer(body -> body.put("catalog", "nowhere"));
    assertThat(catalog.status()).isEqualTo(400);
    assertThat(catalog.body().path("message").asText()).startsWith("[NO_SUCH_CATALOG_EXCEPTION]");
    Client.Answer schema = answer(body -> body.put("catalog", "main").put("schema", "nowhere"));
    assertThat(schema.body().path("message").asText()).startsWith("[SCHEMA_NOT_FOUND]");
    Client.Answer parameter =
        answer(body -> body.putObject("session_confs").put("spark.sql.runSQLOnFiles", "true"));
    assertThat(parameter.body().path("message").asText()).startsWith("[CONFIG_NOT_AVAILABLE]");
    Client.Answer value =
        answer(body -> body.putObject("session_confs").put("TIMEZONE", "Mars/Olympus"));
    assertThat(value.status()).isEqualTo(400);
    Client.Answer warehouse = answer(body -> body.put("warehouse_id", "0123456789abcdef"));
    assertThat(warehouse.status()).isEqualTo(404);
  }

  @Test
  void sessionAndCatalogExcludeEachOther() {
    String session = open(body -> {});
    Client.Answer answer =
        client.execute(
            token, "SELECT 1", body -> body.put("session_id", session).put("catalog", "main"));
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void anotherPrincipalsSessionIsNotFound() {
    String session = open(body -> {});
    String admin = client.credentials().adminToken();
    assertThat(client.execute(admin, "SELECT 1", body -> body.put("session_id", session)).status())
        .isEqualTo(404);
    assertThat(client.delete(SESSIONS + "/" + session, admin).status()).isEqualTo(404);
    assertThat(run(session, "SELECT 1").state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void closedSessionIsNotFound() {
    String session = open(body -> {});
    String path = SESSIONS + "/" + session + "?warehouse_id=" + client.credentials().warehouseId();
    assertThat(client.delete(path, token).status()).isEqualTo(200);
    assertThat(client.delete(path, token).status()).isEqualTo(404);
    assertThat(run(session, "SELECT 1").status()).isEqualTo(404);
  }

  @Test
  void sessionThatNobodyUsesExpires() {
    String idle = open(body -> {});
    String used = open(body -> {});
    clock.advance(Duration.ofMinutes(40));
    assertThat(run(used, "SELECT 1").state()).isEqualTo("SUCCEEDED");
    clock.advance(Duration.ofMinutes(40));
    assertThat(run(idle, "SELECT 1").status()).isEqualTo(404);
    assertThat(run(used, "SELECT 1").state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void statementsOfOneSessionComeInTurn() {
    String session = open(body -> {});
    List<Client.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(
          client.execute(
              token,
              "SELECT count(*) FROM main.feedback.nps",
              body -> body.put("session_id", session).put("wait_timeout", "0s")));
    }
    assertThat(run(session, "SELECT 1").state()).isEqualTo("SUCCEEDED");
    for (Client.Answer answer : answers) {
      assertThat(client.get("/api/2.0/sql/statements/" + answer.id(), token).state())
          .isEqualTo("SUCCEEDED");
    }
  }

  @Test
  void statementThatIsCancelledWhileItWaitsForItsTurnNeitherRunsNorHoldsAnyoneUp() {
    String admin = client.credentials().adminToken();
    client.admin("CREATE SCHEMA IF NOT EXISTS main.turns");
    String session = client.openSession(admin);
    List<String> begun = new ArrayList<>();
    begun.add(begin(session, "SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 1"));
    for (int i = 0; i < 12; i++) {
      begun.add(begin(session, "CREATE TABLE main.turns.unwanted" + i + " (id INT)"));
    }
    for (String waiting : begun.subList(1, begun.size())) {
      cancel(waiting);
    }
    assertThat(client.admin("SELECT 1").rows()).containsExactly(List.of("1"));
    cancel(begun.getFirst());
    Client.Answer next =
        client.execute(admin, "SHOW TABLES IN main.turns", body -> body.put("session_id", session));
    assertThat(next.state()).isEqualTo("SUCCEEDED");
    assertThat(next.rows()).isEmpty();
    client.delete(SESSIONS + "/" + session, admin);
  }

  @Test
  void statementsThatWaitForTheirTurnLeaveTheThreadsToOthers() {
    String admin = client.credentials().adminToken();
    String session = client.openSession(admin);
    String endless = begin(session, "SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 1");
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(begin(session, "SELECT " + i));
    }
    assertThat(run(open(body -> {}), "SELECT 1").rows()).containsExactly(List.of("1"));
    assertThat(client.admin("SELECT 1").rows()).containsExactly(List.of("1"));
    assertThat(waiting).allSatisfy(id -> assertThat(state(id)).isEqualTo("PENDING"));
    cancel(waiting.get(50));
    assertThat(state(waiting.get(50))).isEqualTo("CANCELED");
    cancel(endless);
    Client.Answer last =
        client.execute(admin, "SELECT 'last'", body -> body.put("session_id", session));
    assertThat(last.rows()).containsExactly(List.of("last"));
    waiting.remove(50);
    assertThat(waiting).allSatisfy(id -> assertThat(state(id)).isEqualTo("SUCCEEDED"));
    client.delete(SESSIONS + "/" + session, admin);
  }

  private String state(String statement) {
    String path = "/api/2.0/sql/statements/" + statement;
    return client.get(path, client.credentials().adminToken()).state();
  }

  @Test
  void thereAreOnlySoMany() {
    List<String> all = new ArrayList<>();
    Client.Answer answer = answer(body -> {});
    while (answer.status() == 200 && all.size() <= 200) {
      all.add(answer.body().path("session_id").asText());
      answer = answer(body -> {});
    }
    all.forEach(id -> client.delete(SESSIONS + "/" + id, token));
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.body().path("error_code").asText()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(open(body -> {})).isNotEmpty();
  }

  @Test
  void questionMarksTakeParametersByOrdinal() {
    Client.Answer answer =
        client.execute(
            token,
            "SELECT ?, '?', ? + 1 WHERE ? IS NULL",
            body -> {
              var parameters = body.putArray("parameters");
              parameters.addObject().put("ordinal", 2).put("type", "INT").put("value", "41");
              parameters.addObject().put("ordinal", 1).put("type", "STRING").put("value", "it's");
              parameters.addObject().put("ordinal", 3).put("type", "DATE");
            });
    assertThat(answer.rows()).containsExactly(List.of("it's", "?", "42"));
    Client.Answer gap =
        client.execute(
            token,
            "SELECT ?",
            body -> body.putArray("parameters").addObject().put("ordinal", 2).put("value", "x"));
    assertThat(gap.state()).isEqualTo("FAILED");
  }

  private String begin(String session, String statement) {
    return client
        .execute(
            client.credentials().adminToken(),
            statement,
            body -> body.put("session_id", session).put("wait_timeout", "0s"))
        .id();
  }

  private void cancel(String statement) {
    client.post(
        "/api/2.0/sql/statements/" + statement + "/cancel",
        client.credentials().adminToken(),
        "{}");
  }

  private String open(Consumer<ObjectNode> more) {
    Client.Answer answer = answer(more);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    String id = answer.body().path("session_id").asText();
    opened.add(id);
    return id;
  }

  private Client.Answer answer(Consumer<ObjectNode> more) {
    ObjectNode body = Client.JSON.createObjectNode();
    body.put("warehouse_id", client.credentials().warehouseId());
    more.accept(body);
    return client.post(SESSIONS + "/", token, body.toString());
  }

  private Client.Answer run(String session, String statement) {
    return client.execute(token, statement, body -> body.put("session_id", session));
  }
}
