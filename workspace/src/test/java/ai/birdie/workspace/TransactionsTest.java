package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class TransactionsTest {
  private static final String TRANSACTIONS = "/local/transactions";

  private final Client client;
  private final String admin;

  TransactionsTest(Client client) {
    this.client = client;
    this.admin = client.credentials().adminToken();
    client.admin("CREATE SCHEMA IF NOT EXISTS main.held");
  }

  @AfterEach
  void setTheClockBack() {
    client.post("/local/clock", admin, "{\"reset\": true}");
  }

  @Test
  void lateCommitBringsRowsWithAnEarlyStamp() {
    freezeAt("2026-01-01T00:00:00Z");
    client.admin("CREATE TABLE main.held.late (id INT, at TIMESTAMP)");
    String id = hold("INSERT INTO main.held.late SELECT 1, current_timestamp()");
    freezeAt("2026-01-01T00:20:00Z");
    client.admin("INSERT INTO main.held.late VALUES (2, current_timestamp())");
    assertThat(client.reader("SELECT 1").state()).isEqualTo("SUCCEEDED");
    assertThat(client.admin("SELECT id FROM main.held.late").rows()).containsExactly(List.of("2"));
    freezeAt("2026-01-01T01:00:00Z");

    Client.Answer committed = end(id, "commit");

    assertThat(committed.body().path("state").asText()).isEqualTo("COMMITTED");
    assertThat(client.admin("SELECT id, CAST(at AS STRING) FROM main.held.late ORDER BY id").rows())
        .containsExactly(List.of("1", "2026-01-01 00:00:00"), List.of("2", "2026-01-01 00:20:00"));
    assertThat(
            client.admin("DESCRIBE HISTORY main.held.late").rows().stream()
                .map(row -> row.get(1))
                .limit(2))
        .containsExactly("2026-01-01T01:00:00.000Z", "2026-01-01T00:20:00.000Z");
    assertThat(client.get(TRANSACTIONS, admin).body().path("transactions")).isEmpty();
  }

  @Test
  void severalAreHeldAndLetGoInAnyOrder() {
    client.admin("CREATE TABLE main.held.several (id INT)");
    String first = hold("INSERT INTO main.held.several VALUES (1)");
    String second = hold("INSERT INTO main.held.several VALUES (2)");
    assertThat(client.get(TRANSACTIONS, admin).body().path("transactions")).hasSize(2);
    assertThat(end(second, "commit").body().path("state").asText()).isEqualTo("COMMITTED");
    assertThat(end(first, "commit").body().path("state").asText()).isEqualTo("COMMITTED");
    assertThat(client.admin("SELECT id FROM main.held.several ORDER BY id").rows())
        .containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void rolledBackLeavesNothing() {
    client.admin("CREATE TABLE main.held.rolled (id INT)");
    String id = hold("INSERT INTO main.held.rolled VALUES (1)");
    assertThat(end(id, "rollback").body().path("state").asText()).isEqualTo("ROLLED_BACK");
    assertThat(client.admin("SELECT count(*) FROM main.held.rolled").rows())
        .containsExactly(List.of("0"));
    assertThat(end(id, "commit").status()).isEqualTo(404);
    client.admin("INSERT INTO main.held.rolled VALUES (2)");
  }

  @Test
  void conflictOfTwoUpdatesFailsTheLater() {
    client.admin("CREATE TABLE main.held.conflict AS SELECT 1 AS id, 'a' AS text");
    String id = hold("UPDATE main.held.conflict SET text = 'held' WHERE id = 1");
    client.admin("UPDATE main.held.conflict SET text = 'other' WHERE id = 1");
    Client.Answer failed = end(id, "commit");
    assertThat(failed.body().path("state").asText()).isEqualTo("FAILED");
    assertThat(failed.body().at("/error/message").asText()).containsIgnoringCase("concurrent");
    assertThat(client.admin("SELECT text FROM main.held.conflict").rows())
        .containsExactly(List.of("other"));
  }

  @Test
  void nameThatAnotherTookMeanwhileStaysTheOthers() {
    String held = hold("CREATE TABLE main.held.taken AS SELECT 1 AS id");
    client.admin("CREATE TABLE main.held.taken AS SELECT 2 AS id");
    Client.Answer failed = end(held, "commit");
    assertThat(failed.body().path("state").asText()).isEqualTo("FAILED");
    assertThat(failed.body().at("/error/message").asText())
        .contains("TABLE_OR_VIEW_ALREADY_EXISTS");
    assertThat(client.admin("SELECT id FROM main.held.taken").rows()).containsExactly(List.of("2"));
    client.admin("CREATE OR REPLACE TABLE main.held.taken AS SELECT 3 AS id");
    assertThat(client.admin("SELECT id FROM main.held.taken").rows()).containsExactly(List.of("3"));
  }

  @Test
  void tableThatIsNotMadeLeavesNoFiles() throws IOException {
    client.admin("CREATE TABLE main.held.kept AS SELECT 1 AS id");
    String kept = client.admin("DESCRIBE DETAIL main.held.kept").rows().getFirst().get(4);
    Path tables = Path.of(URI.create(kept)).resolveSibling("");
    Set<Path> before = in(tables);
    String held = hold("CREATE TABLE main.held.unmade AS SELECT 1 AS id");
    assertThat(in(tables)).hasSize(before.size() + 1);
    assertThat(end(held, "rollback").status()).isEqualTo(200);
    assertThat(in(tables)).isEqualTo(before);
    String failing = "CREATE TABLE main.held.unmade AS SELECT raise_error('no') AS id";
    assertThat(client.execute(admin, failing, body -> {}).state()).isEqualTo("FAILED");
    assertThat(in(tables)).isEqualTo(before);
  }

  @Test
  void whatHasNothingToCommitIsNotHeld() {
    assertThat(begin("SELECT 1").body().path("message").asText()).contains("without a commit");
    assertThat(begin("SELECT * FROM main.held.nowhere").body().path("message").asText())
        .contains("TABLE_OR_VIEW_NOT_FOUND");
    assertThat(client.post(TRANSACTIONS, admin, "{\"sql\": \"\"}").body().path("message").asText())
        .contains("There may be: statement, catalog, schema");
  }

  @Test
  void soManyAreHeldAndNoMore() {
    client.admin("CREATE TABLE main.held.many (id INT)");
    List<String> held = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      held.add(hold("INSERT INTO main.held.many VALUES (" + i + ")"));
    }
    Client.Answer refused = begin("INSERT INTO main.held.many VALUES (99)");
    assertThat(refused.status()).isEqualTo(429);
    held.forEach(id -> assertThat(end(id, "rollback").status()).isEqualTo(200));
  }

  private static Set<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(Collectors.toSet());
    }
  }

  private String hold(String statement) {
    Client.Answer begun = begin(statement);
    assertThat(begun.body().path("state").asText()).as("%s", begun).isEqualTo("HELD");
    return begun.body().path("id").asText();
  }

  private Client.Answer begin(String statement) {
    ObjectNode body = Client.JSON.createObjectNode().put("statement", statement);
    return client.post(TRANSACTIONS, admin, body.toString());
  }

  private Client.Answer end(String id, String how) {
    return client.post(TRANSACTIONS + "/" + id + "/" + how, admin, "");
  }

  private void freezeAt(String time) {
    client.post("/local/clock", admin, "{\"set\": \"" + time + "\", \"freeze\": true}");
  }
}
