package ai.birdie.databricks.sql;

import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.feed.Way;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Reading;
import ai.birdie.core.window.Slice;
import ai.birdie.core.window.TableVersion;
import ai.birdie.core.window.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A feed of which only the names are known, and every sort of statement that reads it.
 *
 * @param names catalog, schema, table, and the columns: cursor, kind, key
 */
record NaughtyFeed(List<String> names) {

  /** How many names it takes. */
  static final int NAMES = 6;

  List<String> table() {
    return names.subList(0, 3);
  }

  /** All statements that read it, whose shape does not depend on names. */
  List<String> statements() {
    FeedSql sql = sql();
    Horizon horizon = new Horizon(Instant.parse("2026-01-01T00:00:00Z"), sql.cursor().scale());
    SelectList all = SelectList.of(sql.columns());
    Window range = new Window.Range(horizon, new Interval(0, 1_000_000)).sliced(new Slice(1, 2));
    return List.of(
        FeedSql.describe(sql.table()),
        sql.probe(new Inquiry(Optional.empty(), Optional.empty(), false), Optional.empty()).sql(),
        sql.totals(List.of(range, new Window.NullCursor(horizon))).sql(),
        sql.read(range, all).sql(),
        sql.read(new Window.NullCursor(horizon), all).sql(),
        sql.read(new Window.Future(horizon, 0), all).sql());
  }

  /** Those that judge it, which read its table several times. */
  List<String> judging() {
    FitnessSql sql = new FitnessSql(sql(), 2);
    Commits commits = new Commits(new TreeMap<>(Map.of(3L, 30L, 4L, 40L)), 60);
    return List.of(
        sql.present(Optional.of(0L)).sql(),
        sql.changed(commits).sql(),
        sql.tracked(commits).sql(),
        sql.compared(commits).sql());
  }

  /** Those that follow its versions, which read it once by whatever name. */
  List<String> following() {
    FeedSql sql = sql();
    TableVersion version = new TableVersion(3, Instant.EPOCH);
    Horizon horizon =
        new Horizon(
            Instant.EPOCH,
            sql.cursor().scale(),
            new Reading(Way.CHANGES, ""),
            Optional.of(version));
    Window events =
        new Window.Versions(
            horizon, 1, version, Optional.of(0L), Optional.empty(), new Slice(1, 2));
    Window written =
        new Window.Written(horizon, 1, Optional.of(0L), Optional.empty(), new Slice(1, 2));
    SelectList all = SelectList.of(sql.columns());
    return List.of(
        VersionSql.changesTrial(sql.table(), 3).sql(),
        VersionSql.trackingTrial(sql.table(), 3).sql(),
        VersionSql.events(sql, 1, 3, Optional.of(0L)).sql(),
        VersionSql.written(sql, 1, 3, Optional.of(0L)).sql(),
        sql.totals(List.of(events)).sql(),
        sql.totals(List.of(written)).sql(),
        sql.read(events, all).sql(),
        sql.read(written, all).sql());
  }

  /** What tells the commits of its table, which is no SELECT. */
  String history() {
    return VersionSql.history(sql().table(), 50).sql();
  }

  private FeedSql sql() {
    TableName table = new TableName(Optional.of(names.get(0)), names.get(1), names.get(2));
    Column at = new Column(names.get(3), "TIMESTAMP");
    Column kind = new Column(names.get(4), "STRING");
    Column key = new Column(names.get(5), "MAP<STRING, INT>");
    CursorColumn cursor =
        CursorColumn.of(table, at, new Cursor(names.get(3), Optional.empty(), Optional.empty()));
    return new FeedSql(
        table,
        List.of(at, kind, key),
        List.of(key),
        cursor,
        Optional.of(new KindFilter(names.get(4), RecordKinds.REVIEW)));
  }
}
