package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What administrators do to a table, or to its connection, between two runs, each with its number
 * in the catalogue of ways to lose a row.
 */
@ExtendWith(SharedWorkspace.class)
class ChangedSourcesIT {

  private static final String ROWS =
      "SELECT concat('r-', id) AS feedback_id, concat('x', id) AS text, CAST(id AS INT) AS rating,"
          + " timestamp_micros(1760000000000000 + id * 1000000) AS updated_at FROM range(20)";

  @TempDir private Path folder;

  @Test
  @Tag("case-28")
  void aColumnThatIsAddedOrMovedIsFollowed(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "column_added", ROWS);
    table.ingest();
    table.sql("ALTER TABLE %s ADD COLUMN region STRING FIRST");
    assertThat(table.reconcile().path("differed")).as("a column without values").isEmpty();

    table.sql("UPDATE %s SET region = 'EMEA', updated_at = current_timestamp() WHERE rating > 15");
    assertThat(table.ingest().path("changed").asInt()).isEqualTo(4);
    table.assertEqual();
  }

  @Test
  @Tag("case-28")
  void aColumnThatIsDroppedIsGoneFromWhatIsReadAfter(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "column_dropped", ROWS);
    table.ingest();
    table.sql("CREATE OR REPLACE TABLE %s AS " + ROWS.replace("CAST(id AS INT) AS rating,", ""));

    table.reconcile();
    table.assertEqual();
  }

  @Test
  @Tag("case-28")
  void aColumnThatIsAddedDroppedOrRenamedIsToldOnce(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "column_news", ROWS);
    assertThat(warnings(table)).isEmpty();
    table.sql(
        "CREATE OR REPLACE TABLE %s AS SELECT feedback_id, text AS body, rating, 'Great' AS title,"
            + " current_timestamp() AS updated_at FROM ("
            + ROWS
            + ")");

    assertThat(warnings(table))
        .satisfiesExactlyInAnyOrder(
            gone -> assertThat(gone).contains("column text is gone (it held the field text)"),
            taken -> assertThat(taken).contains("column title is new, and is taken for the field"),
            kept ->
                assertThat(kept)
                    .contains("column body is new (kept in additional_fields; birdie map FILE"));
    table.sql("UPDATE %s SET body = 'y', updated_at = current_timestamp()");
    assertThat(warnings(table)).as("told already").isEmpty();

    table.sql(
        "CREATE OR REPLACE TABLE %s AS SELECT * EXCEPT (updated_at), 'again' AS text,"
            + " current_timestamp() AS updated_at FROM ("
            + ROWS.replace("AS text", "AS body")
            + ")");
    warnings(table);
    table.sql(
        "CREATE OR REPLACE TABLE %s AS "
            + ROWS.replace("concat('x', id) AS text,", "")
                .replace(
                    "timestamp_micros(1760000000000000 + id * 1000000)", "current_timestamp()"));
    assertThat(warnings(table))
        .as("it had come back")
        .anyMatch(warning -> warning.contains("column text is gone"));
  }

  /** What a run that goes well says of columns, to people and to programs alike. */
  private static List<String> warnings(ReviewTable table) {
    Answer answer = table.run("ingest");
    assertThat(answer.code()).as(answer.err()).isZero();
    List<String> reported =
        StreamSupport.stream(feed(answer).path("warnings").spliterator(), false)
            .map(JsonNode::asString)
            .filter(warning -> warning.contains(": column "))
            .toList();
    assertThat(answer.err().lines().filter(line -> line.contains(": column ")))
        .containsExactlyElementsOf(reported.stream().map("birdie: "::concat).toList());
    return reported;
  }

  @Test
  @Tag("case-28")
  void aPartitionColumnThatIsRenamedIsNamedByTheMessage(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "cursor_renamed", ROWS);
    table.ingest();
    SourceAndStore before = table.rows();
    table.sql("CREATE OR REPLACE TABLE %s AS " + ROWS.replace("updated_at", "changed_at"));

    Answer refused = table.run("ingest");

    assertThat(refused.code()).isEqualTo(2);
    JsonNode failure = failure(refused);
    assertThat(failure.path("message").asString()).contains("has no column updated_at");
    assertThat(failure.path("remedy").asString()).contains("partition_column", "changed_at");
    table.assertHeld(before);
  }

  @Test
  @Tag("case-28")
  void aKeyThatIsRenamedIsNamedByTheMessage(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "key_renamed", ROWS);
    table.ingest();
    SourceAndStore before = table.rows();
    table.sql("CREATE OR REPLACE TABLE %s AS " + ROWS.replace("feedback_id", "other_id"));
    table.sql("UPDATE %s SET updated_at = current_timestamp()");

    Answer refused = table.run("ingest");

    assertThat(refused.code()).as(refused.out()).isEqualTo(2);
    assertThat(failure(refused).path("message").asString()).contains("feedback_id");
    table.assertHeld(before);
  }

  @Test
  @Tag("case-28")
  void aColumnOfAnotherTypeIsNamedByTheMessageAndLoadedAnew(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "column_retyped", ROWS);
    table.ingest();
    SourceAndStore before = table.rows();
    table.sql("CREATE OR REPLACE TABLE %s AS " + ROWS.replace("AS INT)", "AS DOUBLE)"));
    table.sql("UPDATE %s SET updated_at = current_timestamp() WHERE rating > 15");

    Answer refused = table.run("ingest");

    assertThat(refused.code()).isEqualTo(2);
    JsonNode failure = failure(refused);
    assertThat(failure.path("message").asString())
        .contains("rating", "column_retyped", "INTEGER", "DOUBLE");
    assertThat(failure.path("remedy").asString()).contains("birdie ingest --full");
    table.assertHeld(before);
    table.ingest("--full");
    table.assertEqual();
  }

  @Test
  @Tag("case-28")
  void aPartitionColumnOfAnotherTypeIsRefusedAndLoadedAnew(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "cursor_retyped", ROWS);
    try (StoppedClock clock = StoppedClock.at(lake.workspace().access(), "2026-03-02T12:00:00Z")) {
      table.ingest();
      SourceAndStore before = table.rows();
      String stamp = "timestamp_micros(1760000000000000 + id * 1000000)";
      table.sql(
          "CREATE OR REPLACE TABLE %s AS " + ROWS.replace(stamp, "CAST(" + stamp + " AS DATE)"));
      table.sql("INSERT INTO %s VALUES ('new', 'x', 1, current_date())");
      clock.advance(Duration.ofMinutes(1));

      for (String command : List.of("ingest", "reconcile")) {
        Answer refused = table.run(command);
        assertThat(refused.code()).as(refused.out()).isEqualTo(2);
        assertThat(failure(refused).path("message").asString())
            .contains("updated_at", "microseconds", "whole days", "cursor_retyped");
        assertThat(failure(refused).path("remedy").asString()).contains("birdie ingest --full");
        table.assertHeld(before);
      }
      table.ingest("--full");
      table.assertEqual();
    }
  }

  @Test
  @Tag("case-29")
  void aTableThatIsReplacedByOlderRowsIsReadAgainByReconcile(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "replaced", ROWS);
    table.ingest();
    table.sql(
        "CREATE OR REPLACE TABLE %s AS "
            + ROWS.replace("concat('x', id)", "concat('y', id)")
                .replace("id * 1000000", "id * 990000"));

    assertThat(table.reconcile().path("changed").asInt()).isEqualTo(20);
    table.assertEqual();
  }

  @Test
  @Tag("case-29")
  void aTableThatIsRestoredIsAsItWasAfterReconcile(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "restored", ROWS);
    table.ingest();
    SourceAndStore before = table.rows();
    table.sql("UPDATE %s SET text = 'wrong', updated_at = current_timestamp() WHERE rating > 15");
    table.ingest();
    table.assertEqual();
    table.sql("RESTORE TABLE %s TO VERSION AS OF 0");

    table.ingest();
    table.reconcile();
    table.assertHeld(before);
    assertThat(table.reconcile().path("differed")).isEmpty();
  }

  @Test
  @Tag("case-29")
  void aTableThatIsEmptiedAndFilledAgainIsFollowed(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "reloaded", ROWS);
    table.ingest();
    SourceAndStore before = table.rows();
    table.sql("TRUNCATE TABLE %s");
    table.ingest();
    table.reconcile();
    table.assertHeld(before);

    table.sql("INSERT INTO %s " + ROWS.replace("concat('x', id)", "concat('y', id)"));
    assertThat(table.reconcile().path("changed").asInt()).isEqualTo(20);
    table.assertEqual();
  }

  @Test
  @Tag("case-32")
  void aConnectionThatIsEditedStartsAnewBesideWhatIsThere(Lake lake) throws Exception {
    ReviewTable table = ReviewTable.of(lake, folder, "edited", ROWS);
    table.sql("ALTER TABLE %s ADD COLUMN created_at TIMESTAMP");
    table.sql(
        "INSERT INTO %s VALUES ('r-20', 'x', 20, TIMESTAMP'2020-01-01', TIMESTAMP'2026-01-01')");
    table.ingest();
    lake.sql()
        .run("CREATE TABLE main.feedback.edited_too AS SELECT * FROM main.feedback.edited LIMIT 7");

    for (List<String> edit :
        List.of(
            List.of("\"updated_at\"", "\"created_at\""),
            List.of("\"created_at\"", "\"updated_at\""),
            List.of("\"mode\":", "\"key\":[\"text\",\"rating\"],\"mode\":"),
            List.of("\"table\":\"edited\"", "\"table\":\"edited_too\""),
            List.of("\"review\"", "\"csat\""))) {
      String file = Files.readString(table.file());
      assertThat(file).contains(edit.getFirst());
      Files.writeString(table.file(), file.replace(edit.getFirst(), edit.getLast()));

      JsonNode run = table.ingest();

      assertThat(run.path("added").asInt()).as(edit.toString()).isPositive();
      table.assertEqual();
    }
  }

  @Test
  @Tag("case-36")
  void aRightThatIsRevokedDeletesNothing(Lake lake) throws Exception {
    String reader = "`" + lake.workspace().access().clientId() + "`";
    ReviewTable table = ReviewTable.of(lake, folder, "revoked", ROWS);
    lake.sql().run("CREATE SCHEMA main.lent");
    lake.sql().run("CREATE TABLE main.lent.revoked AS " + ROWS);
    lake.sql().run("GRANT USE SCHEMA, SELECT ON SCHEMA main.lent TO " + reader);
    Files.writeString(
        table.file(), Files.readString(table.file()).replace("\"feedback\"", "\"lent\""));
    table.ingest();
    SourceAndStore before = table.rows();
    lake.sql().run("REVOKE SELECT ON SCHEMA main.lent FROM " + reader);

    for (String command : List.of("ingest", "reconcile")) {
      Answer refused = table.run(command);
      assertThat(refused.code()).as(refused.out()).isEqualTo(3);
      assertThat(refused.out()).contains("GRANT SELECT");
      table.assertHeld(before);
    }

    lake.sql().run("GRANT SELECT ON SCHEMA main.lent TO " + reader);
    lake.sql().run("INSERT INTO main.lent.revoked VALUES ('new', 'x', 1, current_timestamp())");
    assertThat(table.ingest().path("added").asInt()).isEqualTo(1);
    table.assertEqual();
  }

  @Test
  @Tag("case-38")
  void theSameKeysInTwoTablesStayRowsOfBoth(Lake lake) {
    ReviewTable one = ReviewTable.of(lake, folder, "same_keys_1", ROWS);
    ReviewTable two = ReviewTable.of(lake, folder, "same_keys_2", ROWS.replace("'x'", "'y'"));
    one.ingest();
    two.ingest();
    one.sql("UPDATE %s SET text = 'changed', updated_at = current_timestamp() WHERE rating = 3");
    one.ingest();

    one.assertEqual();
    two.assertEqual();
    assertThat(one.held()).contains("r-3 changed", "r-4 x4");
    assertThat(two.held()).contains("r-3 y3", "r-4 y4");
  }

  private static JsonNode failure(Answer answer) {
    return feed(answer).path("failure");
  }

  private static JsonNode feed(Answer answer) {
    return JsonMapper.shared().readTree(answer.out()).path("feeds").get(0);
  }
}
