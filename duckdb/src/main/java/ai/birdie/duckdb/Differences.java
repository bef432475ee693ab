package ai.birdie.duckdb;

import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Window;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Where a source's rows are not the landing table's, and the store knows why: rows of the source
 * behind which a newer version stands, counted once each, and rows kept here that the source no
 * longer shows, counted minus once. Works in the caller's transaction.
 */
final class Differences {

  private final Database database;
  private final History history;

  Differences(Database database, History history) {
    this.database = database;
    this.history = history;
  }

  /** What the source holds of the window, as far as the store knows. */
  Total total(Window window) {
    return totals(List.of(window)).getFirst();
  }

  /** The same of many windows, in the same order, by one query. */
  List<Total> totals(List<Window> windows) {
    Sections sections = new Sections(windows);
    NavigableMap<Integer, Total> totals = new TreeMap<>();
    database.rows(
        row -> totals.put(row.getInt(1), new Total(row.getLong(2), Receipts.wide(row, 3))),
        """
        SELECT section, sum(rows)::BIGINT, sum(hashes)::HUGEINT FROM (
          SELECT %s AS section, count(*) AS rows, sum(_row_hash::HUGEINT) AS hashes
          FROM %s WHERE %s GROUP BY section
          UNION ALL
          SELECT %s AS section, sum(row_count), sum(row_hash::HUGEINT * row_count)
          FROM birdie.difference WHERE history = ? AND (%s) GROUP BY section)
        GROUP BY section
        """
            .formatted(
                sections.number("_cursor"),
                history.landing(),
                sections.rows("_cursor"),
                sections.number("position"),
                sections.rows("position")),
        history.id());
    return windows.stream().map(window -> sections.of(window, totals)).toList();
  }

  /** The ends that the source's rows of the window would meet if they were read now. */
  List<Tally> tallies(Window window) {
    return database.rows(
        Merge::tally,
        """
        SELECT disposition, soundness, sum(rows)::BIGINT, sum(hashes)::HUGEINT FROM (
          SELECT 'IDENTICAL' AS disposition, %s AS soundness, count(*) AS rows,
            sum(_row_hash::HUGEINT) AS hashes
          FROM %s WHERE %s GROUP BY ALL
          UNION ALL
          SELECT if(row_count > 0, 'SUPERSEDED', 'IDENTICAL'), soundness, sum(row_count),
            sum(row_hash::HUGEINT * row_count)
          FROM birdie.difference WHERE history = ? AND %s GROUP BY ALL)
        GROUP BY disposition, soundness HAVING sum(rows) <> 0
        """
            .formatted(
                Merge.SOUNDNESS,
                history.landing(),
                Bounds.of(window, "_cursor"),
                Bounds.of(window, "position")),
        history.id());
  }

  /** The rows of the window that are kept although the source has them no longer. */
  Total gone(Window.Gone window) {
    return first(
        """
        SELECT count(*), coalesce(-sum(row_hash::HUGEINT), 0)::HUGEINT
        FROM birdie.difference WHERE history = ? AND row_count < 0 AND %s
        """
            .formatted(Bounds.of(window, "position")));
  }

  /** All rows of the window that the source was seen to have, whether it still does or not. */
  Total kept(Window.Gone window) {
    return first(
        """
        SELECT coalesce(sum(rows), 0)::BIGINT, coalesce(sum(hashes), 0)::HUGEINT FROM (
          SELECT count(*) AS rows, sum(_row_hash::HUGEINT) AS hashes FROM %s WHERE %s
          UNION ALL
          SELECT count(*), sum(row_hash::HUGEINT)
          FROM birdie.difference WHERE history = ? AND row_count > 0 AND %s)
        """
            .formatted(
                history.landing(), Bounds.of(window, "_cursor"), Bounds.of(window, "position")));
  }

  /**
   * Lets the rows of the window leave that the source has no longer.
   *
   * @param number the window's number
   * @return what became of them
   */
  List<Tally> depart(Window.Gone window, long number) {
    Departures departures = new Departures(database, history, number);
    departures.find(
        """
        SELECT l.rowid AS row_id, l._row_hash, l._window, %s AS soundness
        FROM %s l JOIN (
          SELECT row_hash, position, count(*) AS copies FROM birdie.difference
          WHERE history = %s AND row_count < 0 AND %s GROUP BY ALL) gone
        ON gone.row_hash = l._row_hash AND gone.position IS NOT DISTINCT FROM l._cursor
        QUALIFY row_number() OVER (PARTITION BY l._row_hash, l._cursor ORDER BY l.rowid) <= gone.copies
        """
            .formatted(
                Merge.SOUNDNESS, history.landing(), history.id(), Bounds.of(window, "position")));
    forgetGone(window);
    return departures.leave();
  }

  private Total first(String select) {
    return database
        .first(row -> new Total(row.getLong(1), Receipts.wide(row, 2)), select, history.id())
        .orElse(Total.NONE);
  }

  /** The window is about to be read: what was known of its rows is known no longer. */
  void forget(Window window) {
    if (window.slice().index() == 0) {
      database.execute(
          """
          CREATE OR REPLACE TEMP TABLE missed AS
          SELECT position, row_hash, count(*) AS copies FROM birdie.difference
          WHERE history = %s AND row_count < 0 AND %s GROUP BY ALL
          """
              .formatted(history.id(), Bounds.of(window, "position")));
      database.execute(
          "DELETE FROM birdie.difference WHERE history = ? AND " + Bounds.of(window, "position"),
          history.id());
    }
  }

  /**
   * Rows, with their position, hash, and soundness, that the source has and that are not current.
   */
  void superseded(String rows) {
    note(rows, 1);
  }

  /**
   * Rows, with their position, hash, and soundness, that the store has of a window that was read,
   * and the source has no longer. A record that was not missed before may be one that stood behind
   * it until now, wherever that was: all such rows are looked for again.
   */
  void gone(String rows) {
    long news =
        database.number(
            """
            SELECT count(*) FROM (
              SELECT position, row_hash, count(*) AS copies
              FROM (%s) AS r(position, row_hash, soundness) GROUP BY ALL) r
            LEFT JOIN missed m
            ON m.row_hash = r.row_hash AND m.position IS NOT DISTINCT FROM r.position
            WHERE r.copies > coalesce(m.copies, 0)
            """
                .formatted(rows));
    if (news > 0) {
      forgetSuperseded();
    }
    note(rows, -1);
  }

  private void forgetGone(Window window) {
    database.execute(
        "DELETE FROM birdie.difference WHERE history = ? AND row_count < 0 AND "
            + Bounds.of(window, "position"),
        history.id());
  }

  /** All rows behind which a newer version stands are looked for again. */
  void forgetSuperseded() {
    database.execute(
        "DELETE FROM birdie.difference WHERE history = ? AND row_count > 0", history.id());
  }

  /** Whether the source is known to have lost any row that is kept here. */
  private boolean hasGone() {
    return database.number(
            "SELECT count(*) FROM birdie.difference WHERE history = ? AND row_count < 0",
            history.id())
        > 0;
  }

  /** The condition on a kept row, by its position and hash, that the source is known to lack it. */
  String isGone(String position, String hash) {
    return hasGone()
        ? "EXISTS (FROM birdie.difference d WHERE d.history = %s AND d.row_count < 0 AND d.row_hash = %s AND d.position IS NOT DISTINCT FROM %s)"
            .formatted(history.id(), hash, position)
        : "false";
  }

  /** Rows that left the landing table are not missed in the source. */
  void left(String rows) {
    if (!hasGone()) {
      return;
    }
    database.execute(
        "DELETE FROM birdie.difference d WHERE history = ? AND row_count < 0 AND EXISTS (FROM ("
            + rows
            + ") AS r(position, row_hash) WHERE r.row_hash = d.row_hash"
            + " AND r.position IS NOT DISTINCT FROM d.position)",
        history.id());
  }

  private void note(String rows, int count) {
    database.execute(
        "INSERT INTO birdie.difference SELECT ?, position, row_hash, soundness, ? FROM ("
            + rows
            + ") AS r(position, row_hash, soundness)",
        history.id(),
        count);
  }
}
