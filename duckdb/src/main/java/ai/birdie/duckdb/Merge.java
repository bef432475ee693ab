package ai.birdie.duckdb;

import ai.birdie.core.contract.Contract;
import ai.birdie.core.contract.Rule;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Missed;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a window's rows, appended at the landing table's end, together with what the table held:
 * one current row for each identity, and a count of what became of every other.
 *
 * <p>Of two versions of a record the newer is the one with the larger cursor, then the one read at
 * the later horizon, then the one with the larger hash. A cursor that is NULL, or ahead of the
 * source's clock, counts as the horizon at which it was read. A row without a key is known by its
 * hash, and by its ordinal among equals.
 *
 * <p>Hashes are summed as HUGEINT: for rows of the running transaction DuckDB 2.0 believes that a
 * sum of BIGINT cannot overflow, and lets it.
 *
 * <p>Works in the caller's transaction, by plain appends and deletes: no index, no rewritten rows.
 */
final class Merge {

  static final String SOUNDNESS =
      "CASE WHEN len(_violations) > 0 THEN 'QUARANTINED' ELSE 'SOUND' END";

  private final Database database;
  private final History history;
  private final String landing;
  private final Differences differences;
  private final Retained retained;
  private final Rule.KeyPresent key;
  private final long number;
  private final Window window;
  private final Horizon horizon;
  private boolean doubtful;

  /**
   * @param number the number of the window whose rows were appended
   */
  Merge(Database database, History history, Contract contract, long number, Window window) {
    this.database = database;
    this.history = history;
    this.landing = history.landing();
    this.differences = new Differences(database, history);
    this.retained = new Retained(database, history);
    this.key = contract.key();
    this.number = number;
    this.window = window;
    this.horizon = window.horizon();
  }

  /** Settles every row of the window; afterwards only those that stay are in the table. */
  List<Tally> settle() {
    differences.forget(window);
    List<Tally> tallies = new ArrayList<>();
    tallies.addAll(dropTwins());
    tallies.addAll(meetStored());
    if (!(window instanceof Window.Versions)) { // of which each row came once more than it went
      tallies.addAll(dropKeylessCopies());
    }
    tallies.addAll(countStaying());
    if (Bounds.replaces(window)) {
      missStored();
    }
    return tallies;
  }

  /**
   * Of several versions of one record in the window, only the newest goes on. Which keys come twice
   * is found by their hashes, since long keys would be copied; what shares a hash by chance is told
   * apart by its key.
   */
  private List<Tally> dropTwins() {
    String columns = Sql.names(key.columns());
    String keyed = "_window = ? AND " + ContractSql.present(key);
    database.execute(
        "CREATE OR REPLACE TEMP TABLE twins AS SELECT hash(%s) AS key_hash FROM %s WHERE %s GROUP BY ALL HAVING count(*) > 1"
            .formatted(columns, landing, keyed),
        number);
    if (database.number("SELECT count(*) FROM twins") == 0) {
      return List.of();
    }
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE beaten AS
        SELECT rowid AS row_id, _cursor, _row_hash, %s AS soundness
        FROM %s WHERE %s AND hash(%s) IN (FROM twins)
        QUALIFY row_number() OVER (PARTITION BY %s ORDER BY %s DESC, _row_hash DESC) > 1
        """
            .formatted(
                SOUNDNESS,
                landing,
                keyed,
                columns,
                columns,
                effective("_cursor", Long.toString(horizon.position()))),
        number);
    differences.superseded("SELECT _cursor, _row_hash, soundness FROM beaten");
    return drop("beaten", Disposition.SUPERSEDED);
  }

  /**
   * Compares each keyed row with the one that the store holds of the same record. DuckDB would copy
   * the keys of the whole store first, if it was left to it.
   */
  private List<Tally> meetStored() {
    String columns = Sql.names(key.columns());
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE met AS
        WITH keyed AS NOT MATERIALIZED (
          SELECT rowid AS row_id, %s, _cursor, _row_hash, _window, _violations FROM %s WHERE %s)
        SELECT t.row_id, t._cursor, t._row_hash, s.row_id AS stored, s._cursor AS stored_cursor,
          s._row_hash AS stored_hash, s._window AS stored_window,
          CASE WHEN len(s._violations) > 0 THEN 'QUARANTINED' ELSE 'SOUND' END AS stored_soundness,
          CASE WHEN len(t._violations) > 0 THEN 'QUARANTINED' ELSE 'SOUND' END AS soundness,
          CASE
            WHEN t._row_hash = s._row_hash THEN 'IDENTICAL'
            WHEN %s THEN 'CHANGED'
            WHEN (%s, %s, t._row_hash) > (%s, epoch_us(r.horizon), s._row_hash) THEN 'CHANGED'
            ELSE 'SUPERSEDED'
          END AS disposition
        FROM (SELECT * FROM keyed WHERE _window = ?) t
        JOIN (SELECT * FROM keyed WHERE _window <> ?) s USING (%s)
        LEFT JOIN birdie.receipt r ON r.window_id = s._window
        """
            .formatted(
                columns,
                landing,
                ContractSql.present(key),
                storedIsGone(),
                effective("t._cursor", Long.toString(horizon.position())),
                micros(horizon.clock()),
                effective("s._cursor", "r.horizon_position"),
                columns),
        number,
        number);
    List<Tally> tallies = tallies("met");
    doubtful = tallies.stream().anyMatch(t -> t.disposition() == Disposition.SUPERSEDED);
    database.execute(
        "DELETE FROM "
            + landing
            + " WHERE rowid IN (SELECT row_id FROM met WHERE disposition <> 'CHANGED')");
    differences.superseded(
        "SELECT _cursor, _row_hash, soundness FROM met WHERE disposition = 'SUPERSEDED'");
    displace();
    return tallies.stream().filter(tally -> tally.disposition() != Disposition.CHANGED).toList();
  }

  /**
   * Whether the source shows the stored version no longer, so that any other takes its place: it
   * belongs into the window and was not read, or it has gone, or it has been missed before.
   */
  private String storedIsGone() {
    String missed = differences.isGone("s._cursor", "s._row_hash");
    if (window instanceof Window.Versions) {
      return "(s.row_id IN (" + Departures.ROW_IDS + ") OR " + missed + ")";
    }
    return Bounds.replaces(window)
        ? "(" + Bounds.of(window, "s._cursor") + " OR " + missed + ")"
        : missed;
  }

  /** The stored rows that gave way leave, on record of the window that had landed them. */
  private void displace() {
    database.execute(
        """
        INSERT INTO birdie.displaced
        SELECT stored_window, ?, count(*), sum(stored_hash::HUGEINT)
        FROM met WHERE disposition = 'CHANGED' GROUP BY stored_window
        """,
        number);
    retained.keep(
        "SELECT stored FROM met WHERE disposition = 'CHANGED' AND stored_soundness = 'SOUND' AND soundness = 'QUARANTINED'");
    database.execute(
        "DELETE FROM "
            + landing
            + " WHERE rowid IN (SELECT stored FROM met WHERE disposition = 'CHANGED')");
    if (window instanceof Window.Versions) {
      differences.superseded(
          "SELECT stored_cursor, stored_hash, stored_soundness FROM met WHERE disposition = 'CHANGED' AND stored NOT IN (%s) AND NOT %s"
              .formatted(Departures.ROW_IDS, differences.isGone("stored_cursor", "stored_hash")));
    }
    differences.left(
        "SELECT stored_cursor, stored_hash FROM met WHERE disposition <> 'SUPERSEDED'");
  }

  /**
   * Whether some row was read that the store keeps another before, or a copy of one without a key:
   * it may be the one that is held, or one more.
   */
  boolean isDoubtful() {
    return doubtful;
  }

  /**
   * What of the settled rows no run had seen, though it had read past them. That a row was not yet
   * to be seen when the last run read is known of those that lie within what a run looks at again.
   *
   * @param reach how far below its clock a run looks again
   */
  Missed missed(long reach) {
    if (!(window instanceof Window.Bucket) || horizon.reading().way().followsVersions()) {
      return Missed.NONE;
    }
    return database
        .first(
            row ->
                new Missed(
                    row.getLong(1),
                    Duration.of(Math.min(reach, row.getLong(2)), ChronoUnit.MICROS),
                    row.getLong(3),
                    row.getLong(4)),
            """
            WITH found AS (
              SELECT t._cursor AS position, m.stored_cursor, m.row_id IS NULL AS is_new
              FROM %s t LEFT JOIN (FROM met WHERE disposition = 'CHANGED') m ON t.rowid = m.row_id
              WHERE t._window = ?),
            late AS (
              SELECT last_read - position AS since FROM found, (
                SELECT max(horizon_position) AS last_read FROM birdie.receipt
                WHERE history = ? AND horizon < ?)
              WHERE is_new OR position > stored_cursor)
            SELECT count(*), greatest(0, coalesce(max(since), 0) - %s), count(*) FILTER (since > %s),
              (SELECT count(*) FROM found WHERE NOT is_new AND position = stored_cursor)
            FROM late
            """
                .formatted(landing, horizon.scale().unitMicros(), reach),
            number,
            history.id(),
            Receipts.utc(horizon.clock()))
        .orElse(Missed.NONE);
  }

  /** Stored rows that belong into the window, and that it did not bring. */
  private void missStored() {
    differences.gone(
        """
        SELECT _cursor, _row_hash, %s FROM %s WHERE _window <> %s AND %s
          AND rowid NOT IN (SELECT stored FROM met UNION ALL SELECT stored FROM copies)
        """
            .formatted(SOUNDNESS, landing, number, Bounds.of(window, "_cursor")));
  }

  private List<Tally> dropKeylessCopies() {
    String keyless = "NOT (" + ContractSql.present(key) + ")";
    long incoming =
        database.number(
            "SELECT count(*) FROM " + landing + " WHERE _window = ? AND " + keyless, number);
    if (incoming == 0 && !Bounds.replaces(window)) {
      return List.of();
    }
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE copies AS
        WITH keyless AS (
          SELECT rowid AS row_id, _cursor, _row_hash, _window = ? AS incoming, %s AS soundness,
            row_number() OVER (PARTITION BY _row_hash, _window = ? ORDER BY rowid) AS ordinal
          FROM %s WHERE %s)
        SELECT t.row_id, t._cursor, t._row_hash, t.soundness, s.row_id AS stored FROM keyless t JOIN keyless s
        ON t._row_hash = s._row_hash AND t.ordinal = s.ordinal AND t.incoming AND NOT s.incoming
        """
            .formatted(SOUNDNESS, landing, keyless),
        number,
        number);
    differences.left("SELECT _cursor, _row_hash FROM copies");
    List<Tally> tallies = drop("copies", Disposition.IDENTICAL);
    doubtful |= !tallies.isEmpty();
    return tallies;
  }

  private List<Tally> countStaying() {
    return database.rows(
        Merge::tally,
        """
        SELECT CASE WHEN %s THEN 'SUPPRESSED' WHEN m.row_id IS NULL THEN 'NEW' ELSE 'CHANGED' END, %s, count(*), sum(t._row_hash::HUGEINT)
        FROM %s t LEFT JOIN (SELECT row_id FROM met WHERE disposition = 'CHANGED') m ON t.rowid = m.row_id
        WHERE t._window = ? GROUP BY ALL
        """
            .formatted(Suppression.ERASED, SOUNDNESS, landing),
        number);
  }

  private List<Tally> drop(String table, Disposition disposition) {
    List<Tally> tallies =
        database.rows(
            Merge::tally,
            "SELECT ?, soundness, count(*), sum(_row_hash::HUGEINT) FROM "
                + table
                + " GROUP BY soundness",
            disposition.name());
    database.execute(
        "DELETE FROM " + landing + " WHERE rowid IN (SELECT row_id FROM " + table + ")");
    return tallies;
  }

  private List<Tally> tallies(String table) {
    return database.rows(
        Merge::tally,
        "SELECT disposition, soundness, count(*), sum(_row_hash::HUGEINT) FROM "
            + table
            + " GROUP BY ALL");
  }

  private static long micros(Instant clock) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock);
  }

  private static String effective(String cursor, String horizon) {
    return "least(coalesce(%s, %s), %s)".formatted(cursor, horizon, horizon);
  }

  static Tally tally(ResultSet row) throws SQLException {
    return new Tally(
        Disposition.valueOf(row.getString(1)),
        Soundness.valueOf(row.getString(2)),
        row.getLong(3),
        Receipts.wide(row, 4));
  }
}
