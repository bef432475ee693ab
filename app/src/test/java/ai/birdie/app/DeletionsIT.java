package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows that a table has no longer, and what only looks like it. */
@ExtendWith(SharedWorkspace.class)
class DeletionsIT {

  private static final String ROWS =
      "SELECT concat('r-', id) AS feedback_id, concat('x', id) AS text, CAST(id AS INT) AS points,"
          + " timestamp_micros(1760000000000000 + id * 1000000) AS updated_at FROM range(200)";

  @TempDir private Path folder;

  @Test
  @Tag("case-15")
  @Tag("case-36")
  void rowsLeaveOnDemandWhereTheyAreFewAndElseWhenItIsAllowed(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "deletions", ROWS);
    table.ingest();
    table.sql("DELETE FROM %s WHERE points IN (7, 70)");

    JsonNode kept = table.reconcile();
    assertThat(kept.path("gone").asInt()).isEqualTo(2);
    assertThat(kept.path("deleted").asInt()).isZero();
    assertThat(table.held()).hasSize(200);

    JsonNode cleared = feed(table.run("reconcile", "--deletes"));
    assertThat(cleared.path("outcome").asString()).isEqualTo("equal");
    assertThat(cleared.path("gone").asInt()).isZero();
    assertThat(cleared.path("deleted").asInt()).isEqualTo(2);
    table.assertEqual();
    JsonNode receipt = table.assertProved().getLast();
    assertThat(receipt.path("sort").asString()).isEqualTo("gone");
    assertThat(receipt.path("landed").get(0).path("disposition").asString()).isEqualTo("deleted");
    assertThat(receipt.path("seal").asString()).hasSize(64);

    SourceAndStore before = table.rows();
    table.sql("DELETE FROM %s WHERE points < 100");
    Answer refused = table.run("reconcile", "--deletes");
    assertThat(refused.code()).isEqualTo(6);
    assertThat(failure(refused).path("message").asString()).contains("98 of the 198 rows");
    assertThat(failure(refused).path("remedy").asString()).contains("--delete-at-most 50");
    table.assertHeld(before);

    assertThat(
            feed(table.run("reconcile", "--deletes", "--delete-at-most", "51"))
                .path("deleted")
                .asInt())
        .isEqualTo(98);
    table.assertEqual();
  }

  @Test
  @Tag("case-36")
  void recordsThatMovedSinceTheLastRunAreNoDeletions(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "moved_rows", ROWS);
    table.ingest();
    table.sql(
        "UPDATE %s SET text = 'changed', updated_at = current_timestamp() WHERE points IN (3, 30)");
    table.sql("DELETE FROM %s WHERE points = 7");

    JsonNode cleared = feed(table.run("reconcile", "--deletes"));

    assertThat(cleared.path("deleted").asInt()).isEqualTo(1);
    assertThat(cleared.path("followed").path("changed").asInt()).isEqualTo(2);
    assertThat(cleared.path("added").asInt()).isZero();
    table.assertEqual();
  }

  @Test
  @Tag("case-36")
  void whatIsEmptiedRevokedOrFailsIsNoDeletion(Lake lake) throws Exception {
    String reader = "`" + lake.workspace().access().clientId() + "`";
    ReviewTable table = ReviewTable.of(lake, folder, "hidden_rows", ROWS);
    lake.sql().run("CREATE SCHEMA main.shown");
    lake.sql().run("CREATE TABLE main.shown.hidden_rows AS " + ROWS);
    lake.sql().run("GRANT USE SCHEMA, SELECT ON SCHEMA main.shown TO " + reader);
    Files.writeString(
        table.file(), Files.readString(table.file()).replace("\"feedback\"", "\"shown\""));
    table.ingest();
    SourceAndStore before = table.rows();

    lake.sql().run("REVOKE SELECT ON SCHEMA main.shown FROM " + reader);
    assertThat(clear(table).code()).isEqualTo(3);
    table.assertHeld(before);
    lake.sql().run("GRANT SELECT ON SCHEMA main.shown TO " + reader);

    lake.sql().run("TRUNCATE TABLE main.shown.hidden_rows");
    Answer emptied = clear(table);
    assertThat(emptied.code()).isEqualTo(6);
    assertThat(failure(emptied).path("message").asString()).contains("shows no row");
    assertThat(failure(emptied).path("remedy").asString()).contains("birdie ingest --full");
    table.assertHeld(before);
  }

  private static Answer clear(ReviewTable table) {
    return table.run("reconcile", "--deletes", "--delete-at-most", "100");
  }

  private static JsonNode feed(Answer answer) {
    return JsonMapper.shared().readTree(answer.out()).path("feeds").get(0);
  }

  private static JsonNode failure(Answer answer) {
    return feed(answer).path("failure");
  }
}
