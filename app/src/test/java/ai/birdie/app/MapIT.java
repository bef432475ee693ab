package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tables that do not follow their kind: mapped, written, validated, ingested. */
@ExtendWith(SharedWorkspace.class)
class MapIT {

  /** In no answer but the ten rows that are shown. */
  private static final String CANARY = "canary-5d1f";

  private static final String SENTENCE =
      "concat('I waited for days and nobody could help me ', CAST(id AS STRING), ' "
          + CANARY
          + "')";

  /** Messages, two a ticket, as a help desk exports them. */
  private static final String TICKETS =
      """
      SELECT 9000000000 + id AS id, 100 + id DIV 2 AS `Ticket ID`,
        CASE WHEN id %% 2 = 0 THEN 'End-User' ELSE 'admin' END AS `author's "role"`,
        CAST(70 + id %% 5 AS DECIMAL(20,0)) AS requester_id,
        %s AS `plain``body`, 'still waiting for help' AS subject, id AS `text`,
        1772000000000 + id * 60000 AS created, array(id) AS tags,
        TIMESTAMP '2026-03-01 00:00:00' + make_interval(0,0,0,0,0,0,id) AS updated_at
      FROM range(60)
      """
          .formatted(SENTENCE);

  private static final String MESSAGES =
      "SELECT conversation_id || '/' || message_id || ' ' || author_id || ' ' || author_type || ' '"
          + " || epoch_ms(posted_at) || ' ' || title AS row FROM support_ticket ORDER BY message_id"
          + " LIMIT 2";

  @TempDir private Path folder;

  @Test
  void aMappingIsWrittenAndTheRowsAreRight(Lake lake) throws IOException {
    Path file = connect(lake, "map_tickets", "support_ticket", TICKETS);
    String secret = lake.workspace().access().clientSecret();
    Files.writeString(folder.resolve("secret.txt"), secret);
    String before = Files.readString(file).replace(secret, "file:secret.txt");
    Files.writeString(file, before);

    Answer shown = run("map", file);
    assertThat(shown.code()).as(shown.out() + shown.err()).isZero();
    assertThat(shown.out())
        .contains("Ticket ID", "\"words\"", "Of 60 rows, 60 satisfy the kind's rules.");
    assertThat(Files.readString(file)).isEqualTo(before);

    assertThat(run("map", file, "--write").code()).isZero();
    String after = Files.readString(file);
    assertThat(after).startsWith(before.substring(0, before.length() - 1)).doesNotContain(secret);
    assertThat(run("validate", file).code()).isZero();
    assertThat(run("ingest", file).code()).isZero();
    assertThat(query(MESSAGES))
        .containsExactly(
            "100/9000000000 70 customer 1772000000000 still waiting for help",
            "100/9000000001 71 agent 1772000060000 still waiting for help");
    assertThat(
            query(
                "SELECT count(*) || ' ' || count(text) || ' ' || count(DISTINCT text) AS row FROM"
                    + " support_ticket"))
        .containsExactly("60 60 60");
    assertThat(run("map", file, "--write").code()).isZero();
    assertThat(Files.readString(file)).as("what was written is kept").isEqualTo(after);
  }

  @Test
  void aViewPresentsTheSameRows(Lake lake) throws IOException {
    Path file = connect(lake, "map_viewed", "support_ticket", TICKETS);
    Answer answer = run("map", file, "--json", "--view", "map view;`x`");
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    String script = JsonMapper.shared().readTree(answer.out()).path("view").asString();
    lake.sql().run(script.substring(script.indexOf("CREATE VIEW"), script.length() - 1));

    Path view = lake.connect(folder, "map view;`x`", "support_ticket", Map.of("name", "viewed"));
    assertThat(run("validate", view).code()).isZero();
    Answer ingested = run("ingest", view);
    assertThat(ingested.code()).as(ingested.out() + ingested.err()).isZero();
    assertThat(query(MESSAGES))
        .containsExactly(
            "100/9000000000 70 customer 1772000000000 still waiting for help",
            "100/9000000001 71 agent 1772000060000 still waiting for help");
    assertThat(
            query(
                "SELECT DISTINCT json_exists(additional_fields, '$.text_1') AS row FROM"
                    + " support_ticket"))
        .as("a column whose name a field takes is kept under another")
        .containsExactly("true");
  }

  @Test
  void surveysTellTheirScale(Lake lake) throws IOException {
    Path file =
        connect(
            lake,
            "map_survey",
            "csat",
            "SELECT concat('r', id) AS responseId, 1 + id % 7 AS Score, current_timestamp() AS"
                + " submitted, current_timestamp() AS updated_at FROM range(70)");
    assertThat(run("map", file, "--write").code()).isZero();
    assertThat(Files.readString(file)).contains("\"rating_scale\": [1,7]");
    assertThat(run("ingest", file).code()).isZero();
    assertThat(query("SELECT count(*) || ' ' || max(rating) AS row FROM csat"))
        .containsExactly("70 7.0");
  }

  @Test
  void whatIsMissingIsSaidAndNothingIsWritten(Lake lake) throws IOException {
    Path file =
        connect(
            lake,
            "map_incomplete",
            "review",
            "SELECT 7 AS wave, "
                + SENTENCE
                + " AS body, current_timestamp() AS updated_at FROM range(30)");
    String before = Files.readString(file);
    Answer answer = run("map", file, "--write", "--json");
    assertThat(answer.code()).isEqualTo(2);
    JsonNode proposal = JsonMapper.shared().readTree(answer.out());
    assertThat(proposal.path("complete").asBoolean()).isFalse();
    assertThat(proposal.path("mapping").path("text").asString()).isEqualTo("body");
    assertThat(proposal.path("feeds").get(0).path("missing").toString())
        .contains("feedback_id", "no row can be told from another");
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(answer.out() + answer.err()).doesNotContain(CANARY);
    assertThat(run("map", file, "--view", "map_none").code()).isEqualTo(2);
  }

  @Test
  void aReferenceTableHasNoFieldsToMap(Lake lake) {
    Path file = lake.connect(folder, "product", "reference", Map.of("key", List.of("sku")));
    Answer answer = run("map", file);
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("is a reference table");
  }

  private Path connect(Lake lake, String table, String kind, String select) {
    lake.sql()
        .run(
            "CREATE TABLE main.feedback.%s TBLPROPERTIES ('delta.columnMapping.mode' = 'name') AS %s"
                .formatted(table, select));
    return lake.connect(folder, table, kind, Map.of());
  }

  private Answer run(String command, Path file, String... options) {
    List<String> words = new ArrayList<>(List.of(command, "--local", "--home", folder.toString()));
    words.addAll(List.of(options));
    words.add(file.toString());
    return Birdie.run(words);
  }

  private List<String> query(String sql) {
    Answer answer = Birdie.run("query", "--json", "--home", folder.toString(), sql);
    assertThat(answer.code()).as(answer.err()).isZero();
    List<String> rows = new ArrayList<>();
    JsonMapper.shared().readTree(answer.out()).forEach(row -> rows.add(row.path("row").asString()));
    return rows;
  }
}
