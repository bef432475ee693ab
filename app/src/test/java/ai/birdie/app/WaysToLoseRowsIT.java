package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.local.WorkspaceAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What writers do that makes readers by a cursor lose, double, or keep stale a row, each with its
 * number in the catalogue of such ways, from the outside: SQL in, the command line, rows out.
 */
@ExtendWith(SharedWorkspace.class)
class WaysToLoseRowsIT {

  private static final String NOON = "2026-03-02T12:00:00Z";
  private static final long NOON_MICROS = 1_772_452_800_000_000L;
  private static final Duration MICRO = Duration.ofNanos(1_000);

  /** One row, an hour and more before noon, so that there is something below the lag. */
  private static final String ONE_OLD_ROW =
      "SELECT 'old' AS feedback_id, 'old' AS text, TIMESTAMP'2026-03-01 00:00:00Z' AS updated_at";

  @TempDir private Path folder;

  @Test
  @Tag("case-1")
  @Tag("case-2")
  void tiesAndRowsOnTheBoundsOfARunAreReadAndStayOne(Lake lake) {
    String ties = "timestamp_micros(" + NOON_MICROS + " - 2 + id % 5) AS updated_at";
    ReviewTable table =
        ReviewTable.of(
            lake,
            folder,
            "ties",
            "SELECT concat('a-', id) AS feedback_id, 'x' AS text, " + ties + " FROM range(50)");
    try (StoppedClock clock = StoppedClock.at(access(lake), NOON)) {
      assertThat(table.ingest().path("added").asInt()).isEqualTo(50);
      table.sql("INSERT INTO %s SELECT concat('b-', id), 'x', " + ties + " FROM range(50)");
      table.sql("UPDATE %s SET text = 'y' WHERE feedback_id LIKE 'a-%2'");
      assertThat(table.ingest().path("added").asInt()).isEqualTo(50);
      table.assertEqual();

      clock.advance(MICRO);
      table.sql("INSERT INTO %s SELECT concat('c-', id), 'x', " + ties + " FROM range(50)");
      assertThat(table.ingest().path("added").asInt()).isEqualTo(50);
      table.assertEqual();

      clock.advance(Duration.ofHours(2));
      assertThat(table.ingest().path("added").asInt()).isZero();
      table.assertEqual();
    }
  }

  @Test
  @Tag("case-3")
  void aRowLostInAMillionIsFoundByReconcileAtOnceAndByRunsWithinTheCycle(Lake lake) {
    ReviewTable table =
        ReviewTable.of(
            lake,
            folder,
            "million",
            "SELECT concat('r-', id) AS feedback_id, concat('x', id) AS text, timestamp_micros("
                + NOON_MICROS
                + " - (1000000 - id) * 1000000) AS updated_at FROM range(1000000)",
            Map.of("reconcile_within", "PT6H"));
    ReviewTable inTurn = table.in(folder.resolve("in-turn"));
    try (StoppedClock clock = StoppedClock.at(access(lake), NOON)) {
      assertThat(table.ingest().path("added").asInt()).isEqualTo(1_000_000);
      assertThat(inTurn.ingest().path("added").asInt()).isEqualTo(1_000_000);
      table.sql("INSERT INTO %s VALUES ('lost', 'late', TIMESTAMP'2026-02-25 03:04:05Z')");
      clock.advance(Duration.ofSeconds(1));
      assertThat(table.ingest().path("added").asInt()).isZero();

      JsonNode found = table.reconcile();
      assertThat(found.path("added").asInt()).isEqualTo(1);
      assertThat(found.path("differed")).hasSize(1);
      assertThat(found.path("reasons").path("later_than_lag").asInt()).isEqualTo(1);
      table.assertProved();

      int added = 0;
      for (int hour = 1; hour <= 6; hour++) {
        clock.advance(Duration.ofHours(1));
        added += inTurn.ingest().path("added").asInt();
      }
      assertThat(added).isEqualTo(1);
      assertThat(inTurn.reconcile().path("differed")).isEmpty();
      inTurn.assertProved();
    }
  }

  @Test
  @Tag("case-3")
  void rowsCommittedWithinTheLagAreFoundByTheNextRunAndLaterOnesByReconcile(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "committed_late", ONE_OLD_ROW);
    Instant noon = Instant.parse(NOON);
    Instant bound = noon.minus(Duration.ofHours(1));
    String insert = "INSERT INTO %s VALUES ('%k', 'late', current_timestamp())";
    try (StoppedClock clock = StoppedClock.at(access(lake), bound.minus(MICRO).toString());
        HeldTransaction beyond = table.begin(insert.replace("%k", "beyond"))) {
      clock.set(bound);
      try (HeldTransaction at = table.begin(insert.replace("%k", "at"))) {
        clock.set(bound.plus(MICRO));
        try (HeldTransaction within = table.begin(insert.replace("%k", "within"))) {
          clock.set(noon);
          table.ingest();
          table.assertHolds("old old");
          within.commit();
        }
        at.commit();
      }
      beyond.commit();
      clock.advance(Duration.ofMinutes(5));

      JsonNode run = table.ingest();
      table.assertHolds("old old", "at late", "within late");
      assertThat(run.path("late").asInt()).isEqualTo(2);
      assertThat(run.path("lateness").asString()).isEqualTo("PT59M59.999999S");
      assertThat(run.path("warnings").get(0).asString())
          .contains("PT59M59S or more after their stamp", "look back for PT1H", "PT2H");

      JsonNode compared = table.reconcile();
      assertThat(compared.path("added").asInt()).isEqualTo(1);
      assertThat(compared.path("reasons").path("later_than_lag").asInt()).isEqualTo(1);
      table.assertEqual();
      assertThat(table.status().path("lateness").asString()).isEqualTo("PT1H");
    }
  }

  @Test
  @Tag("case-4")
  void aTransactionOfADayIsFoundByReconcile(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "long_transaction", ONE_OLD_ROW);
    try (StoppedClock clock = StoppedClock.at(access(lake), NOON);
        HeldTransaction day =
            table.begin(
                "INSERT INTO %s SELECT concat('day-', id), 'late', current_timestamp() FROM range(3)")) {
      for (int run = 0; run < 3; run++) {
        clock.advance(Duration.ofHours(8));
        table.sql("INSERT INTO %s VALUES ('r-" + run + "', 'in time', current_timestamp())");
        table.ingest();
        table.assertEqual();
      }
      day.commit();
      assertThat(table.ingest().path("read").asInt()).as("what a run sees").isZero();

      assertThat(table.reconcile().path("added").asInt()).isEqualTo(3);
      table.assertEqual();
    }
  }

  @Test
  @Tag("case-8")
  void stampsOfWritersWhoseClocksDifferAreRead(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "skewed", ONE_OLD_ROW);
    try (StoppedClock clock = StoppedClock.at(access(lake), NOON)) {
      for (int round = 0; round < 4; round++) {
        table.sql(
            "INSERT INTO %s SELECT concat_ws('-', 'round', "
                + round
                + ", id), 'x', current_timestamp() + make_dt_interval(0, 0, 0, 3 * (id - 1))"
                + " FROM range(3)");
        table.sql(
            "UPDATE %s SET text = 'y', updated_at = current_timestamp() - INTERVAL 3 SECONDS"
                + " WHERE feedback_id LIKE 'round-%-2' AND text = 'x'");
        table.ingest();
        table.assertEqual();
        clock.advance(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  @Tag("case-9")
  void aRowStampedInTheYear9999IsReadAndHidesNoLaterOne(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "year_9999", ONE_OLD_ROW);
    try (StoppedClock clock = StoppedClock.at(access(lake), NOON)) {
      table.sql("INSERT INTO %s VALUES ('far', 'x', TIMESTAMP'9999-12-31 23:59:59.999999Z')");
      table.sql("INSERT INTO %s VALUES ('ahead', 'x', current_timestamp() + INTERVAL 1 HOUR)");
      table.sql("INSERT INTO %s VALUES ('ancient', 'x', TIMESTAMP'0001-01-01 00:00:00Z')");
      table.ingest();
      table.assertEqual();

      clock.advance(Duration.ofMinutes(1));
      table.sql("INSERT INTO %s VALUES ('later', 'x', current_timestamp())");
      table.sql("UPDATE %s SET text = 'y' WHERE feedback_id = 'far'");
      assertThat(table.ingest().path("added").asInt()).isEqualTo(1);
      table.assertEqual();

      clock.advance(Duration.ofHours(2));
      table.sql(
          "UPDATE %s SET text = 'mended', updated_at = current_timestamp() WHERE feedback_id = 'far'");
      table.ingest();
      table.assertEqual();
    }
  }

  @Test
  @Tag("case-10")
  void everyMicrosecondIsReadOnItsSideOfTheBound(Lake lake) {
    String micros = "timestamp_micros(" + NOON_MICROS + " + id) AS updated_at FROM range(1000)";
    ReviewTable table =
        ReviewTable.of(
            lake,
            folder,
            "micros",
            "SELECT concat('a-', id) AS feedback_id, 'x' AS text, " + micros);
    try (StoppedClock clock = StoppedClock.at(access(lake), NOON)) {
      for (int step : List.of(1, 332, 444)) {
        clock.advance(MICRO.multipliedBy(step));
        table.ingest();
        table.assertEqual();
      }
      table.sql("INSERT INTO %s SELECT concat('b-', id), 'x', " + micros);
      clock.advance(Duration.ofSeconds(1));
      assertThat(table.ingest().path("added").asInt()).isEqualTo(1_000);
      table.assertEqual();
    }
  }

  @Test
  @Tag("case-10")
  @Tag("case-12")
  void batchesOfTheSameMillisecondAreReadFromAColumnOfNumbers(Lake lake) {
    String millis = "unix_millis(current_timestamp())";
    ReviewTable table =
        ReviewTable.of(
            lake,
            folder,
            "millis",
            "SELECT 'old' AS feedback_id, 'old' AS text, 1772000000000L AS updated_at",
            Map.of("cursor_unit", "milliseconds", "lag", "PT0S"));
    try (StoppedClock clock = StoppedClock.at(access(lake), NOON)) {
      for (int batch = 0; batch < 3; batch++) {
        table.sql("INSERT INTO %s VALUES ('b-" + batch + "', 'x', " + millis + ")");
        table.ingest();
        table.assertEqual();
        clock.advance(MICRO.multipliedBy(400));
      }
    }
  }

  @Test
  @Tag("case-11")
  void localTimesAreReadWhileClocksAreSetBack(Lake lake) {
    String local = local("Europe/Lisbon");
    ReviewTable table = localTimes(lake, "set_back", "Europe/Lisbon", "PT10M");
    // Until 01:00 in UTC it is summer, an hour ahead; then the hour from 01:00 comes once more.
    try (StoppedClock clock = StoppedClock.at(access(lake), "2026-10-25T00:00:00Z")) {
      for (int run = 0; run < 9; run++) {
        table.sql("UPDATE %s SET text = concat(text, 'x'), updated_at = " + local);
        table.sql("INSERT INTO %s VALUES ('r-" + run + "', 'x', " + local + ")");
        assertThat(table.ingest().path("warnings")).isEmpty();
        table.assertEqual();
        clock.advance(Duration.ofMinutes(17));
      }
    }
  }

  @Test
  @Tag("case-11")
  @Tag("case-3")
  void localTimesCommittedLateAreFoundAfterClocksWereSetBack(Lake lake) {
    String local = local("Europe/Lisbon");
    ReviewTable table = localTimes(lake, "set_back_late", "Europe/Lisbon", "PT20M");
    try (StoppedClock clock = StoppedClock.at(access(lake), "2026-10-25T00:58:00Z")) {
      table.ingest();
      clock.advance(Duration.ofMinutes(5)); // 01:03, for the second time
      try (HeldTransaction late =
          table.begin("INSERT INTO %s VALUES ('late', 'x', " + local + ")")) {
        clock.advance(Duration.ofMinutes(2));
        table.ingest();
        clock.advance(Duration.ofMinutes(15));
        late.commit();
      }
      table.ingest();
      table.assertEqual();
    }
  }

  @Test
  @Tag("case-11")
  void localTimesAreReadWhereClocksWereSetForward(Lake lake) {
    String local = local("America/New_York");
    ReviewTable table = localTimes(lake, "set_forward", "America/New_York", "PT10M");
    try (StoppedClock clock = StoppedClock.at(access(lake), "2026-03-08T06:50:00Z")) {
      for (int run = 0; run < 3; run++) {
        table.sql("INSERT INTO %s VALUES ('r-" + run + "', 'x', " + local + ")");
        // A time that no clock in New York showed.
        table.sql(
            "INSERT INTO %s VALUES ('g-" + run + "', 'x', TIMESTAMP_NTZ'2026-03-08 02:30:00')");
        table.ingest();
        table.assertEqual();
        clock.advance(Duration.ofMinutes(9));
      }
    }
  }

  @Test
  @Tag("case-11")
  @Tag("case-12")
  void twoBatchesOfOneDayAreReadThoughARunLiesBetween(Lake lake) {
    String day = "CAST(from_utc_timestamp(current_timestamp(), 'America/New_York') AS DATE)";
    ReviewTable table =
        ReviewTable.of(
            lake,
            folder,
            "days",
            "SELECT 'old' AS feedback_id, 'old' AS text, DATE'2026-02-01' AS updated_at",
            Map.of("cursor_zone", "America/New_York", "lag", "PT0S"));
    try (StoppedClock clock = StoppedClock.at(access(lake), "2026-03-02T20:00:00Z")) {
      // 15:00, 19:30, 00:00, 04:30: the day changes there hours after it did in UTC
      for (int batch = 0; batch < 4; batch++) {
        table.sql("INSERT INTO %s VALUES ('b-" + batch + "', 'x', " + day + ")");
        table.sql("UPDATE %s SET text = concat(text, 'x'), updated_at = " + day);
        table.ingest();
        table.assertEqual();
        clock.advance(Duration.ofMinutes(270));
      }
    }
  }

  @Test
  @Tag("case-13")
  void rowsWithoutACursorAreReadAndFollowed(Lake lake) {
    ReviewTable table =
        ReviewTable.of(
            lake,
            folder,
            "no_stamp",
            "SELECT concat('r-', id) AS feedback_id, 'x' AS text,"
                + " CASE WHEN id % 500 <> 7 THEN timestamp_micros(1760000000000000 + id) END AS"
                + " updated_at FROM range(1000)");
    assertThat(table.ingest().path("added").asInt()).isEqualTo(1_000);
    table.assertEqual();

    table.sql("INSERT INTO %s VALUES ('new', 'x', NULL)");
    table.sql("UPDATE %s SET text = 'y' WHERE feedback_id = 'r-7'");
    table.sql("UPDATE %s SET updated_at = current_timestamp() WHERE feedback_id = 'r-507'");
    table.ingest();
    table.assertEqual();
    assertThat(table.ingest().path("read").asInt()).isZero();
  }

  @Test
  @Tag("case-14")
  void anUpdateThatLeavesTheCursorIsFoundByReconcile(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "silent_update", numbered(200));
    table.ingest();
    table.sql("UPDATE %s SET text = 'silent' WHERE feedback_id = 'r-77'");
    assertThat(table.ingest().path("read").asInt()).as("what a run sees").isZero();

    JsonNode compared = table.reconcile();
    assertThat(compared.path("changed").asInt()).isEqualTo(1);
    assertThat(compared.path("reasons").path("stamp_kept").asInt()).isEqualTo(1);
    table.assertEqual();
  }

  @Test
  @Tag("case-15")
  void aDeletedRowIsKeptUntilAllIsLoadedAnew(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "deleted", numbered(200));
    table.ingest();
    SourceAndStore before = table.rows();
    table.sql("DELETE FROM %s WHERE feedback_id IN ('r-0', 'r-100', 'r-199')");

    table.ingest();
    table.assertHeld(before);
    assertThat(table.reconcile().path("remaining")).isEmpty();
    table.assertHeld(before);
    assertThat(table.reconcile().path("differed")).as("what is known to be gone").isEmpty();

    table.ingest("--full");
    table.assertEqual();
  }

  @Test
  @Tag("case-16")
  void olderRowsThatComeLaterAreFoundByTheNextRunAndThoseAmongOthersByReconcile(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "last_year", numbered(200));
    table.ingest();
    table.sql(
        "INSERT INTO %s SELECT concat('old-', id), 'x', timestamp_micros(1700000000000000 + id)"
            + " FROM range(100)");
    assertThat(table.ingest().path("added").asInt()).isEqualTo(100);
    table.assertEqual();

    table.sql(
        "INSERT INTO %s SELECT concat('between-', id), 'x',"
            + " timestamp_micros(1730000000000000 + id) FROM range(100)");
    assertThat(table.ingest().path("read").asInt()).as("what a run sees").isZero();
    assertThat(table.reconcile().path("added").asInt()).isEqualTo(100);
    table.assertEqual();
  }

  @Test
  @Tag("case-17")
  void threeEqualRowsWithoutAKeyStayThree(Lake lake) {
    String three =
        "SELECT CAST(NULL AS STRING) AS feedback_id, 'equal' AS text,"
            + " timestamp_micros(1760000000000000) AS updated_at FROM range(3)";
    ReviewTable table = ReviewTable.of(lake, folder, "three_equal", three);
    table.ingest();
    table.assertEqual();

    table.ingest("--from=2025-01-01", "--to=2026-01-01");
    table.assertEqual();
    table.sql("INSERT INTO %s SELECT NULL, 'equal', timestamp_micros(1760000000000000)");
    assertThat(table.reconcile().path("added").asInt()).isEqualTo(1);
    table.assertEqual();
  }

  @Test
  @Tag("case-18")
  void keysThatAreSwappedGoWithTheirRows(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "swapped", numbered(20));
    table.ingest();
    table.sql(
        "UPDATE %s SET feedback_id = CASE feedback_id WHEN 'r-3' THEN 'r-4' ELSE 'r-3' END,"
            + " updated_at = current_timestamp() WHERE feedback_id IN ('r-3', 'r-4')");

    assertThat(table.ingest().path("changed").asInt()).isEqualTo(2);
    table.assertEqual();
  }

  @Test
  @Tag("case-18")
  void aKeyThatIsChangedLeavesTheRowWithTheOldOneBehind(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "key_changed", numbered(3));
    table.ingest();
    table.sql(
        "UPDATE %s SET feedback_id = 'new', updated_at = current_timestamp()"
            + " WHERE feedback_id = 'r-1'");
    table.ingest();
    table.assertHolds("r-0 x0", "r-1 x1", "r-2 x2", "new x1");

    table.reconcile();
    table.assertHolds("r-0 x0", "r-1 x1", "r-2 x2", "new x1");
    table.ingest("--full");
    table.assertEqual();
  }

  @Test
  @Tag("case-19")
  void anOlderCopyOfARecordTakesTheNewerOnesPlaceInNoOrder(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "older_copy", ONE_OLD_ROW);
    try (StoppedClock clock = StoppedClock.at(access(lake), NOON)) {
      table.sql("INSERT INTO %s VALUES ('r', 'newer', current_timestamp() - INTERVAL 1 MINUTE)");
      table.ingest();
      table.sql("INSERT INTO %s VALUES ('r', 'older', current_timestamp() - INTERVAL 2 MINUTES)");
      clock.advance(Duration.ofMinutes(1));
      assertThat(table.ingest().path("superseded").asInt()).isEqualTo(1);
      table.assertHolds("old old", "r newer");

      table.ingest("--from=2026-03-01", "--to=2026-03-03");
      assertThat(table.reconcile().path("differed")).isEmpty();
      table.assertHolds("old old", "r newer");

      table.sql("INSERT INTO %s VALUES ('r', 'newest', current_timestamp())");
      clock.advance(Duration.ofMinutes(1));
      table.ingest();
      table.assertHolds("old old", "r newest");
    }
  }

  /** Rows over three years, a few a day. */
  private static String numbered(int rows) {
    return "SELECT concat('r-', id) AS feedback_id, concat('x', id) AS text,"
        + " timestamp_micros(1720000000000000 + id * 250000000000) AS updated_at FROM range("
        + rows
        + ")";
  }

  /** A table whose stamps are what clocks on the wall of a zone show. */
  private ReviewTable localTimes(Lake lake, String table, String zone, String lag) {
    return ReviewTable.of(
        lake,
        folder,
        table,
        "SELECT 'old' AS feedback_id, 'old' AS text,"
            + " TIMESTAMP_NTZ'2026-03-07 00:00:00' AS updated_at",
        Map.of("cursor_zone", zone, "lag", lag));
  }

  private static String local(String zone) {
    return "CAST(from_utc_timestamp(current_timestamp(), '" + zone + "') AS TIMESTAMP_NTZ)";
  }

  private static WorkspaceAccess access(Lake lake) {
    return lake.workspace().access();
  }
}
