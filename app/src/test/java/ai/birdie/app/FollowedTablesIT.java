package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.SharedWorkspace.Lake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Tables that tell what has changed since a version of theirs, by a change data feed or by row
 * tracking, and what no cursor sees of them.
 */
@ExtendWith(SharedWorkspace.class)
class FollowedTablesIT {

  private static final String FEED = "delta.enableChangeDataFeed";
  private static final String ROWS =
      "SELECT concat('r-', id) AS feedback_id, concat('x', id) AS text, CAST(id AS INT) AS points,"
          + " timestamp_micros(1760000000000000 + id * 1000000) AS updated_at FROM range(20)";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "feed_all | delta.enableChangeDataFeed | changes",
        "tracked_all | delta.enableRowTracking | version, rows tracked"
      })
  @Tag("case-9")
  @Tag("case-13")
  @Tag("case-14")
  @Tag("case-16")
  void whateverStampsSayNothingIsLostOrStale(String name, String property, String way, Lake lake) {
    ReviewTable table = ReviewTable.with(lake, folder, property, name, ROWS);
    table.ingest();
    table.sql("UPDATE %s SET text = 'silent' WHERE points = 3");
    table.sql("UPDATE %s SET text = 'set back', updated_at = '2001-01-01' WHERE points = 4");
    table.sql("UPDATE %s SET text = 'no stamp', updated_at = NULL WHERE points = 5");
    table.sql(
        "INSERT INTO %s VALUES ('old', 'x', 1, '1990-01-01'), ('ahead', 'x', 1, '9999-12-31'),"
            + " ('none', 'x', 1, NULL)");

    JsonNode run = table.ingest();

    assertThat(run.path("added").asInt()).isEqualTo(3);
    assertThat(run.path("changed").asInt()).isEqualTo(3);
    table.assertEqual();
    assertThat(last(table).path("way").asString()).isEqualTo(way);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "own_changes | delta.enableChangeDataFeed | changes",
        "own_tracked | delta.enableRowTracking | version, rows tracked",
        "own_pinned | delta.enableDeletionVectors | version"
      })
  void aColumnOfTheTablesThatIsNamedAsTheSignOfAChangeIsLanded(
      String name, String property, String way, Lake lake) {
    ReviewTable table =
        ReviewTable.with(
            lake, folder, property, name, ROWS.replace("FROM", ", id AS _change FROM"));
    assertThat(table.run("ingest").err()).contains("_change is landed as _change_1");
    ReviewTable shown = table.shown(folder.resolve("shown"));
    shown.ingest();
    table.sql(
        "UPDATE %s SET _change = -1, updated_at = current_timestamp() WHERE points IN (0, 3)");

    assertThat(table.ingest().path("changed").asInt()).isEqualTo(2);
    shown.ingest();

    assertThat(last(table).path("way").asString()).isEqualTo(way);
    assertThat(last(shown).path("way").asString()).isEqualTo("cursor");
    assertThat(table.landed("_change_1"))
        .hasSize(20)
        .startsWith("-1", "-1", "1", "2", "4", "5")
        .isEqualTo(shown.landed("_change_1"));
  }

  @Test
  @Tag("case-30")
  void runsThatAreSoRareThatTheFeedMayForgetWhatChangedAreWarnedOf(Lake lake) {
    try (StoppedClock clock = StoppedClock.at(lake.workspace().access(), "2027-03-02T12:00:00Z")) {
      ReviewTable table = ReviewTable.with(lake, folder, FEED, "rarely_read", ROWS);
      table.ingest();
      clock.advance(Duration.ofDays(3));
      assertThat(table.ingest().path("warnings")).isEmpty();
      clock.advance(Duration.ofDays(4));
      assertThat(table.ingest().path("warnings").toString())
          .contains("it is 4 days since the last run", "delta.deletedFileRetentionDuration");
      table.assertEqual();
    }
  }

  @Test
  @Tag("case-15")
  @Tag("case-17")
  @Tag("case-18")
  void byTheChangeFeedWhatIsDeletedLeavesAndKeysMayChange(Lake lake) {
    ReviewTable table = ReviewTable.with(lake, folder, FEED, "feed_gone", ROWS);
    table.ingest();
    table.sql("DELETE FROM %s WHERE points IN (1, 2)");
    table.sql("UPDATE %s SET feedback_id = 'other' WHERE points = 3");
    table.sql(
        "UPDATE %s SET feedback_id = if(points = 4, 'r-5', 'r-4') WHERE points IN (4, 5)"); // swapped
    table.sql("INSERT INTO %s SELECT * FROM %s WHERE points = 6");

    JsonNode run = table.ingest();

    assertThat(run.path("deleted").asInt()).isEqualTo(3);
    assertThat(table.held()).hasSize(18).contains("other x3", "r-5 x4", "r-4 x5");
    table.assertProved();
  }

  @Test
  @Tag("case-17")
  void ofTwoRowsOfOneKeyTheOtherIsCurrentOnceTheNewerIsDeleted(Lake lake) {
    ReviewTable table = ReviewTable.with(lake, folder, FEED, "feed_twins", ROWS);
    table.sql("INSERT INTO %s VALUES ('r-7', 'newer', 7, '2026-01-01')");
    table.ingest();
    assertThat(table.held()).hasSize(20).contains("r-7 newer");
    table.sql("DELETE FROM %s WHERE text = 'newer'");

    table.ingest();

    assertThat(table.held()).hasSize(20).contains("r-7 x7");
    table.assertEqual();
  }

  @Test
  @Tag("case-31")
  void nothingIsReadTwiceAndNothingWhereNothingIsNew(Lake lake) {
    ReviewTable table = ReviewTable.with(lake, folder, FEED, "feed_bounds", ROWS);
    table.ingest();
    table.sql("UPDATE %s SET text = 'once' WHERE points = 3");
    assertThat(table.ingest().path("read").asInt()).isEqualTo(2); // as it was, and as it is

    JsonNode idle = table.ingest();

    assertThat(idle.path("read").asInt()).isZero();
    assertThat(idle.path("traffic").path("chunks").asInt()).isZero();
    assertThat(idle.path("traffic").path("statements").asInt()).isLessThanOrEqualTo(4);
    table.assertEqual();
  }

  @Test
  @Tag("case-29")
  void aTableThatWentBackIsComparedAndThenFollowedAgain(Lake lake) {
    ReviewTable table = ReviewTable.with(lake, folder, FEED, "feed_restored", ROWS);
    table.ingest();
    table.sql("UPDATE %s SET text = 'mistake'");
    table.ingest();
    table.sql("RESTORE TABLE %s TO VERSION AS OF 0");

    table.ingest();

    table.assertEqual();
    assertThat(last(table).path("sort").asString()).isEqualTo("whole");
    table.sql("UPDATE %s SET text = 'right' WHERE points = 3");
    assertThat(table.ingest().path("changed").asInt()).isEqualTo(1);
    assertThat(last(table).path("sort").asString()).isEqualTo("versions");
    table.assertEqual();
  }

  @Test
  @Tag("case-29")
  void aTableThatIsDroppedAndMadeAnewIsNotTakenForTheOld(Lake lake) {
    ReviewTable table = ReviewTable.with(lake, folder, FEED, "feed_anew", ROWS);
    table.ingest();
    table.sql("DROP TABLE %s");
    table.sql(
        "CREATE TABLE %s TBLPROPERTIES (delta.enableChangeDataFeed = true) AS "
            + ROWS.replace("concat('x', id)", "concat('y', id)"));
    table.sql("UPDATE %s SET text = 'z' WHERE points = 3");

    table.ingest();

    table.assertEqual();
  }

  @Test
  @Tag("case-30")
  void versionsOfWhichTheFeedWasOffAreNotSkipped(Lake lake) {
    ReviewTable table = ReviewTable.with(lake, folder, FEED, "feed_off", ROWS);
    table.ingest();
    table.sql("ALTER TABLE %s SET TBLPROPERTIES (delta.enableChangeDataFeed = false)");
    table.sql("UPDATE %s SET text = 'unseen' WHERE points = 3");
    table.sql("ALTER TABLE %s SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
    table.sql("UPDATE %s SET text = 'seen' WHERE points = 4");

    table.ingest();

    table.assertEqual();
  }

  @Test
  @Tag("case-28")
  void aColumnThatIsAddedIsFollowed(Lake lake) {
    ReviewTable table = ReviewTable.with(lake, folder, FEED, "feed_column", ROWS);
    table.ingest();
    table.sql("UPDATE %s SET text = 'before' WHERE points = 3");
    table.sql("ALTER TABLE %s ADD COLUMN region STRING FIRST");
    table.sql("UPDATE %s SET region = 'EMEA' WHERE points = 4");

    table.ingest();

    table.assertEqual();
  }

  @Test
  void whereTheFeedIsSwitchedOffTheTableIsReadByItsVersions(Lake lake) {
    ReviewTable table = ReviewTable.with(lake, folder, FEED, "feed_ends", ROWS);
    table.ingest();
    table.sql("ALTER TABLE %s SET TBLPROPERTIES (delta.enableChangeDataFeed = false)");
    table.sql("UPDATE %s SET text = 'later', updated_at = current_timestamp() WHERE points = 3");

    table.ingest();

    assertThat(last(table).path("way").asString()).isEqualTo("version");
    table.assertEqual();
    String why = table.status().path("reason").asString();
    assertThat(why).contains("Its change data feed is off, or refused.");
    assertThat(Birdie.run("status", "--home", folder.toString()).out())
        .contains("feed_ends: read by version. " + why);
  }

  @Test
  void aFeedThatIsSwitchedOnLaterIsFollowedOnceTheTableWasReconciled(Lake lake) {
    ReviewTable table = ReviewTable.with(lake, folder, FEED, "feed_later", ROWS);
    table.sql("ALTER TABLE %s SET TBLPROPERTIES (delta.enableChangeDataFeed = false)");
    table.ingest();
    table.sql("ALTER TABLE %s SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
    table.sql("UPDATE %s SET text = 'a', updated_at = current_timestamp() WHERE points = 3");
    table.ingest();
    JsonNode second = last(table);
    assertThat(second.path("way").asString()).isEqualTo("version");
    assertThat(second.path("reason").asString()).contains("change data feed");

    table.reconcile();
    table.sql("UPDATE %s SET text = 'b', updated_at = current_timestamp() WHERE points = 4");
    table.ingest();

    JsonNode followed = last(table);
    assertThat(followed.path("way").asString()).isEqualTo("changes");
    assertThat(followed.path("reason").isNull()).isTrue();
    table.assertEqual();
  }

  private static JsonNode last(ReviewTable table) {
    List<JsonNode> receipts = table.assertProved();
    return receipts.getLast();
  }
}
