package ai.birdie.databricks.sql;

import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Slice;
import ai.birdie.core.window.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

  /** All of its statements, whose shape does not depend on names. */
  List<String> statements() {
    TableName table = new TableName(Optional.of(names.get(0)), names.get(1), names.get(2));
    Column at = new Column(names.get(3), "TIMESTAMP");
    Column kind = new Column(names.get(4), "STRING");
    Column key = new Column(names.get(5), "MAP<STRING, INT>");
    CursorColumn cursor =
        CursorColumn.of(table, at, new Cursor(names.get(3), Optional.empty(), Optional.empty()));
    FeedSql sql =
        new FeedSql(
            table,
            List.of(at, kind, key),
            List.of(key),
            cursor,
            Optional.of(new KindFilter(names.get(4), RecordKinds.REVIEW)));
    Horizon horizon = new Horizon(Instant.parse("2026-01-01T00:00:00Z"), cursor.scale());
    SelectList all = SelectList.of(List.of(at, kind, key));
    Window range = new Window.Range(horizon, new Interval(0, 1_000_000)).sliced(new Slice(1, 2));
    return List.of(
        FeedSql.describe(table),
        sql.probe(new Inquiry(Optional.empty(), Optional.empty(), false)).sql(),
        sql.totals(List.of(range, new Window.NullCursor(horizon))).sql(),
        sql.read(range, all).sql(),
        sql.read(new Window.NullCursor(horizon), all).sql(),
        sql.read(new Window.Future(horizon, 0), all).sql());
  }
}
