package ai.birdie.duckdb;

import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The events of a change feed on their way into a landing table: what they come to in the end is
 * worked out for each row by its content, of which so many copies came or went. Works in the
 * caller's transaction.
 *
 * <p>A stored row that went has <em>departed</em>: whatever comes of the same record takes its
 * place, and if nothing does, it leaves.
 */
final class ChangeEvents {

  /** The table in which they lie meanwhile. */
  static final String EVENTS = "events";

  private final Database database;
  private final History history;
  private final Differences differences;
  private final Departures departures;
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
    this.departures = new Departures(database, history, number);
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
    database.execute("CREATE OR REPLACE TEMP TABLE " + EVENTS + " AS " + select);
  }

  /** Appends the rows that came to stay, and finds the stored ones that went. */
  void workOut(List<Column> columns) {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE net AS
        SELECT _row_hash AS row_hash, _cursor AS position, any_value(%s) AS soundness,
          sum(_change)::BIGINT AS copies
        FROM events GROUP BY _row_hash, _cursor HAVING sum(_change) <> 0
        """
            .formatted(Merge.SOUNDNESS));
    recall();
    append(columns);
    departures.find(
        """
        SELECT l.rowid AS row_id, l._row_hash, l._window, n.soundness
        FROM %s l JOIN net n ON n.row_hash = l._row_hash AND n.position IS NOT DISTINCT FROM l._cursor
        LEFT JOIN (
          SELECT row_hash, position, count(*) AS copies FROM birdie.difference
          WHERE history = ? AND row_count < 0 GROUP BY ALL) gone
        ON gone.row_hash = l._row_hash AND gone.position IS NOT DISTINCT FROM l._cursor
        WHERE n.copies < 0 AND l._window <> ?
        QUALIFY row_number() OVER (PARTITION BY l._row_hash, l._cursor ORDER BY l.rowid) <= least(
          -n.copies,
          count(*) OVER (PARTITION BY l._row_hash, l._cursor) - coalesce(gone.copies, 0))
        """
            .formatted(history.landing()),
        history.id(),
        number);
  }

  /**
   * What the events tell of known differences: rows that went, and behind which a newer version
   * stands here; and rows that came again, and were kept while they were gone.
   */
  private void recall() {
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE recalled AS
        SELECT n.row_hash, n.position, n.soundness, d.row_count,
          least(abs(n.copies), count(*)) AS copies
        FROM net n JOIN birdie.difference d
        ON d.row_hash = n.row_hash AND d.position IS NOT DISTINCT FROM n.position
          AND d.row_count = -sign(n.copies)
        WHERE d.history = ?
        GROUP BY n.row_hash, n.position, n.soundness, n.copies, d.row_count
        """,
        history.id());
    if (database.number("SELECT count(*) FROM recalled") == 0) {
      return;
    }
    database.execute(
        """
        DELETE FROM birdie.difference WHERE rowid IN (
          SELECT d.rowid FROM birdie.difference d JOIN recalled r
          ON d.row_hash = r.row_hash AND d.position IS NOT DISTINCT FROM r.position
            AND d.row_count = r.row_count
          WHERE d.history = ?
          QUALIFY row_number() OVER (PARTITION BY d.row_hash, d.position) <= r.copies)
        """,
        history.id());
    database.execute(
        """
        UPDATE net SET copies = net.copies + r.row_count * r.copies FROM recalled r
        WHERE r.row_hash = net.row_hash AND r.position IS NOT DISTINCT FROM net.position
        """);
  }

  private void append(List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    String select =
        names.stream().map(name -> "e." + Sql.name(name)).collect(Collectors.joining(", "));
    database.execute(
        """
        INSERT INTO %s (%s, _window, _violations)
        SELECT %s, %s, e._violations FROM events e
        JOIN net n ON n.row_hash = e._row_hash AND n.position IS NOT DISTINCT FROM e._cursor
        WHERE e._change = 1 AND n.copies > 0
        QUALIFY row_number() OVER (PARTITION BY e._row_hash, e._cursor) <= n.copies
        """
            .formatted(history.landing(), Sql.names(names), select, number));
  }

  /**
   * Lets the departed rows leave that nothing took the place of, once the rows that came have met
   * the stored ones.
   *
   * @param came what became of the rows that came
   * @return what became of every event
   */
  List<Tally> settle(List<Tally> came) {
    List<Tally> tallies = new ArrayList<>(came);
    tallies.addAll(again());
    tallies.addAll(leave());
    for (Soundness soundness : Soundness.values()) {
      rest(soundness, tallies).ifPresent(tallies::add);
    }
    return tallies;
  }

  /** Rows that came again, and had been kept. */
  private List<Tally> again() {
    return database.rows(
        Merge::tally,
        """
        SELECT ?, soundness, sum(copies)::BIGINT, sum(row_hash::HUGEINT * copies)::HUGEINT
        FROM recalled WHERE row_count < 0 GROUP BY soundness
        """,
        Disposition.IDENTICAL.name());
  }

  private List<Tally> leave() {
    List<Tally> left = departures.leave();
    if (!left.isEmpty()) {
      // One of these may be the record that left: then it is current again.
      differences.forgetSuperseded();
    }
    return left;
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
