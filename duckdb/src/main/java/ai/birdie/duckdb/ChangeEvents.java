package ai.birdie.duckdb;

import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events of a change feed on their way into a landing table: what they come to in the end is
 * worked out for each row by its content, of which so many copies came or went. Works in the
 * caller's transaction.
 *
 * <p>A stored row that went has <em>departed</em>: whatever comes of the same record takes its
 * place, and if nothing does, it leaves.
 */
final class ChangeEvents {

  /** The stored rows that have departed, by row id. */
  static final String DEPARTED = "SELECT row_id FROM departed";

  private final Database database;
  private final History history;
  private final Differences differences;
  private final Window.Versions window;
  private final long number;
  private final Total before;

  /**
   * @param number the window's number
   */
  ChangeEvents(Database database, History history, Window.Versions window, long number) {
    this.database = database;
    this.history = history;
    this.differences = new Differences(database, history);
    this.window = window;
    this.number = number;
    this.before = held();
  }

  /**
   * Keeps the events, until they are worked out.
   *
   * @param select the rows of the feed with their violations
   */
  void keep(String select) {
    database.execute("CREATE OR REPLACE TEMP TABLE events AS " + select);
  }

  /** Appends the rows that came to stay, and finds the stored ones that went. */
  void workOut(List<Column> columns) {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE net AS
        SELECT _row_hash, _cursor, sum(_change)::BIGINT AS copies FROM events
        GROUP BY ALL HAVING sum(_change) <> 0
        """);
    String names = Sql.names(columns.stream().map(Column::name).toList());
    database.execute(
        """
        INSERT INTO %s (%s, _window, _violations)
        SELECT %s, %d, _violations FROM events
        WHERE _change = 1
        QUALIFY row_number() OVER (PARTITION BY _row_hash, _cursor) <= coalesce(
          (SELECT copies FROM net n WHERE n._row_hash = events._row_hash
            AND n._cursor IS NOT DISTINCT FROM events._cursor), 0)
        """
            .formatted(history.landing(), names, names, number));
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE departed AS
        SELECT l.rowid AS row_id, l._cursor, l._row_hash, l._window, %s AS soundness
        FROM %s l JOIN net n ON n._row_hash = l._row_hash
          AND n._cursor IS NOT DISTINCT FROM l._cursor
        WHERE n.copies < 0 AND l._window <> ?
        QUALIFY row_number() OVER (PARTITION BY l._row_hash, l._cursor ORDER BY l.rowid) <= -n.copies
        """
            .formatted(Merge.SOUNDNESS, history.landing()),
        number);
    forgetSuperseded();
  }

  /** Rows that went, and behind which a newer version stands here. */
  private void forgetSuperseded() {
    database.execute(
        """
        DELETE FROM birdie.difference WHERE rowid IN (
          SELECT d.rowid FROM birdie.difference d
          JOIN (
            SELECT _row_hash, _cursor, -copies - (SELECT count(*) FROM departed
              WHERE departed._row_hash = net._row_hash
                AND departed._cursor IS NOT DISTINCT FROM net._cursor) AS copies
            FROM net WHERE copies < 0) n
          ON d.row_hash = n._row_hash AND d.position IS NOT DISTINCT FROM n._cursor
          WHERE d.history = ? AND d.row_count > 0
          QUALIFY row_number() OVER (PARTITION BY d.row_hash, d.position) <= n.copies)
        """,
        history.id());
  }

  /**
   * Lets the departed rows leave that nothing took the place of, once the rows that came have met
   * the stored ones.
   *
   * @param came what became of the rows that came
   * @return what became of every event
   */
  List<Tally> settle(List<Tally> came) {
    List<Tally> left = leave();
    List<Tally> tallies = new ArrayList<>(came);
    tallies.addAll(left);
    for (Soundness soundness : Soundness.values()) {
      rest(soundness, tallies).ifPresent(tallies::add);
    }
    return tallies;
  }

  private List<Tally> leave() {
    database.execute(
        "DELETE FROM departed WHERE row_id NOT IN (SELECT rowid FROM %s)"
            .formatted(history.landing()));
    if (database.number("SELECT count(*) FROM departed") == 0) {
      return List.of();
    }
    database.execute(
        """
        INSERT INTO birdie.displaced
        SELECT _window, ?, count(*), sum(_row_hash::HUGEINT) FROM departed GROUP BY _window
        """,
        number);
    database.execute("DELETE FROM %s WHERE rowid IN (%s)".formatted(history.landing(), DEPARTED));
    differences.left("SELECT _cursor, _row_hash FROM departed");
    // One of these may be the record that left: then it is current again.
    differences.forgetSuperseded();
    return database.rows(
        Merge::tally,
        "SELECT ?, soundness, count(*), -sum(_row_hash::HUGEINT) FROM departed GROUP BY soundness",
        Disposition.DELETED.name());
  }

  /** The events that cancel out, or that tell of a row which another has replaced. */
  private Optional<Tally> rest(Soundness soundness, List<Tally> others) {
    Total all =
        database
            .first(
                row -> new Total(row.getLong(1), Receipts.wide(row, 2)),
                "SELECT count(*), coalesce(sum(_row_hash::HUGEINT * _change), 0)::HUGEINT FROM events WHERE %s = ?"
                    .formatted(Merge.SOUNDNESS),
                soundness.name())
            .orElse(Total.NONE);
    Total told =
        Tally.total(others.stream().filter(tally -> tally.soundness() == soundness).toList());
    Total rest = all.minus(told);
    return rest.equals(Total.NONE)
        ? Optional.empty()
        : Optional.of(new Tally(Disposition.SUPERSEDED, soundness, rest.rows(), rest.hashSum()));
  }

  /**
   * Whether the store holds now what it held before and what came, less what went: if not, it did
   * not hold the rows of the version before, or it no longer knows what it does.
   */
  boolean balances() {
    Total change =
        database
            .first(
                row -> new Total(row.getLong(1), Receipts.wide(row, 2)),
                "SELECT coalesce(sum(_change), 0)::BIGINT,"
                    + " coalesce(sum(_row_hash::HUGEINT * _change), 0)::HUGEINT FROM events")
            .orElse(Total.NONE);
    return held().equals(before.plus(change));
  }

  private Total held() {
    return new LandingTable(database, history).exists()
        ? differences.total(new Window.Whole(window.horizon(), window.from()))
        : Total.NONE;
  }
}
