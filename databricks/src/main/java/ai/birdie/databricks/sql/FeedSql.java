package ai.birdie.databricks.sql;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Slice;
import ai.birdie.core.window.Window;
import ai.birdie.databricks.name.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements that read one feed of one table, whose columns are known.
 *
 * @param columns all of them, in the table's order
 * @param key those that identify a record; none where the table lacks them
 * @param filter its column spelt as the table spells it
 */
public record FeedSql(
    TableName table,
    List<Column> columns,
    List<Column> key,
    CursorColumn cursor,
    Optional<KindFilter> filter) {

  /** The probe's line about all rows of the feed. */
  public static final String PROBED_FEED = "feed";

  /** The probe's total of the rows without a cursor. */
  public static final String PROBED_WITHOUT_CURSOR = "none";

  /** The probe's total of the rows ahead of the clock. */
  public static final String PROBED_AHEAD = "ahead";

  /** The probe's total of the rows that are new since the frontier. */
  public static final String PROBED_NEW = "new";

  /** A column with more values than these tells no kinds. */
  private static final int MOST_KINDS = 1_000;

  private static final String CHANGE =
      "CAST(" + VersionSql.SIGN + " AS INT) AS " + Identifiers.quote(BatchReader.CHANGE);

  public FeedSql {
    requireNonNull(table);
    requireNonNull(cursor);
    requireNonNull(filter);
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** What a table is: no row, but a manifest of all columns. */
  public static String describe(TableName table) {
    return "SELECT * FROM " + Identifiers.path(table.parts()) + " WHERE 1=0";
  }

  /** What a table of several kinds says its rows are, and of how many it says so, as text. */
  public static Query kinds(TableName table, String column) {
    return new Query(
        "SELECT CAST(%s AS STRING), CAST(count(*) AS STRING) FROM %s GROUP BY 1 ORDER BY count(*) DESC LIMIT %s"
            .formatted(Identifiers.quote(column), Identifiers.path(table.parts()), MOST_KINDS),
        List.of());
  }

  /**
   * The probe; its lines are those of {@link ProbeSql}.
   *
   * @param version the table's version that is asked; empty for the newest
   */
  public Query probe(Inquiry inquiry, Optional<Long> version) {
    return ProbeSql.of(this, inquiry, version);
  }

  /**
   * The control query: for each window that has rows its place in the list, how many they are, and
   * the sum of their hashes, all as text. Windows of versions are asked of one by one.
   */
  public Query totals(List<Window> windows) {
    if (ofVersions(windows.get(0))) {
      return VersionSql.total(this, windows.get(0));
    }
    return Totals.of(this, windows);
  }

  /** The rows of a window, each with its position and its hash. */
  public Query read(Window window, SelectList selected) {
    return read(window, selected.sql());
  }

  /** As {@link #read(Window, SelectList)}, each value as text that loses nothing. */
  public Query readAsText(Window window, SelectList selected) {
    return read(window, selected.exactText());
  }

  private Query read(Window window, String selected) {
    List<Parameter> parameters = new ArrayList<>(kindParameter());
    List<String> conditions = rows(window, parameters);
    String sql =
        "SELECT "
            + selected
            + (", " + cursor.position() + " AS " + Identifiers.quote(BatchReader.CURSOR))
            + (", " + RowHash.of(columns) + " AS " + Identifiers.quote(BatchReader.ROW_HASH))
            + (window instanceof Window.Versions ? ", " + CHANGE : "")
            + (" FROM " + VersionSql.relation(this, window) + where(conditions));
    return new Query(sql, parameters);
  }

  /** Whether the rows of the window are told by versions of the table. */
  public static boolean ofVersions(Window window) {
    return window instanceof Window.Versions || window instanceof Window.Written;
  }

  private List<String> rows(Window window, List<Parameter> parameters) {
    if (ofVersions(window)) {
      return VersionSql.rows(this, window, parameters);
    }
    List<String> conditions = new ArrayList<>();
    conditions.add(bounds(window, parameters));
    conditions.addAll(within(window.slice(), parameters));
    return conditions;
  }

  private String bounds(Window window, List<Parameter> parameters) {
    Optional<Interval> interval = window.bounded();
    if (interval.isPresent()) {
      parameters.addAll(cursor.bounds(interval.get()));
      return cursor.within();
    }
    if (window instanceof Window.Future future) {
      parameters.add(cursor.from("start", future.from()));
      return cursor.onwards();
    }
    if (window instanceof Window.NullCursor) {
      return cursor.absent();
    }
    throw new IllegalArgumentException("Not a window that can be read: " + window.sort());
  }

  /** By the key, so that a row that is changed between two slices is in one of them. */
  List<String> within(Slice slice, List<Parameter> parameters) {
    if (slice.isWhole()) {
      return List.of();
    }
    parameters.add(Parameter.bigint("slice", slice.index()));
    parameters.add(Parameter.bigint("slices", slice.count()));
    return List.of("pmod(" + RowHash.of(key.isEmpty() ? columns : key) + ", :slices) = :slice");
  }

  String where(List<String> rows) {
    List<String> conditions = new ArrayList<>(rows);
    filter
        .map(f -> Identifiers.quote(f.column()))
        .map(c ->
            "lower(regexp_replace(trim(BOTH ' \\t\\n\\r' FROM "
                + c
                + "), '[\\\\s_-]+', '_')) IN (:kind, :kinds)")
        .ifPresent(conditions::add);
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  List<Parameter> kindParameter() {
    return filter
        .map(f ->
            List.of(
                Parameter.string("kind", f.kind().id()),
                Parameter.string("kinds", f.kind().id() + "s")))
        .orElse(List.of());
  }
}
