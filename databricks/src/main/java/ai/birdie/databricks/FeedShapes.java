package ai.birdie.databricks;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.sql.Column;
import ai.birdie.databricks.sql.CursorColumn;
import ai.birdie.databricks.sql.FeedSql;
import ai.birdie.databricks.sql.SelectList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a run knows of its feeds' tables. Asked for once, told to the listener once. */
final class FeedShapes {

  /** How many of a table's columns a message suggests. */
  private static final int SUGGESTIONS = 3;

  private final Function<TableName, List<Column>> describe;
  private final RunListener listener;
  private final Map<String, Shape> known = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  FeedShapes(Function<TableName, List<Column>> describe, RunListener listener) {
    this.describe = describe;
    this.listener = listener;
  }

  /** How a feed's table is read. */
  record Shape(FeedSql sql, SelectList selected) {}

  /** The shape that the run goes by. */
  Shape of(Feed feed) {
    Shape shape = known.get(feed.name());
    return shape == null ? describe(feed) : shape;
  }

  /** Asks again; empty where nothing has changed since the run asked first. */
  Optional<Shape> changed(Feed feed) {
    Shape before = of(feed);
    Shape now = describe(feed);
    return before.equals(now) ? Optional.empty() : Optional.of(now);
  }

  private Shape describe(Feed feed) {
    List<Column> columns = describe.apply(feed.table());
    CursorColumn cursor =
        CursorColumn.of(
            feed.table(),
            find("partition_column", feed.cursor().column(), columns, feed.table()),
            feed.cursor());
    Optional<KindFilter> filter =
        feed.filter()
            .map(f ->
                new KindFilter(
                    find("metadata.kind_column", f.column(), columns, feed.table()).name(),
                    f.kind()));
    SelectList selected = SelectList.of(columns);
    List<Column> key =
        columns.stream()
            .filter(column -> feed.key().stream().anyMatch(column.name()::equalsIgnoreCase))
            .toList();
    Shape shape = new Shape(new FeedSql(feed.table(), columns, key, cursor, filter), selected);
    known.put(feed.name(), shape);
    cursor.warnings().forEach(this::tell);
    selected.renamed().forEach(this::tell);
    return shape;
  }

  private void tell(String warning) {
    if (told.add(warning)) {
      listener.warning(warning);
    }
  }

  private static Column find(String key, String name, List<Column> columns, TableName table) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .or(() -> columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst())
        .orElseThrow(() -> DatabricksErrors.noColumn(key, name, table, nearest(name, columns)));
  }

  private static List<String> nearest(String name, List<Column> columns) {
    return columns.stream()
        .sorted(Comparator.comparingInt(column -> distance(name, column.name())))
        .limit(SUGGESTIONS)
        .map(Column::name)
        .toList();
  }

  /** How many letters must be added, dropped, or changed to make one name of the other. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(row[j - 1], above[j]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
