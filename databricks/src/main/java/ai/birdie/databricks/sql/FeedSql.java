package ai.birdie.databricks.sql;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.KindFilter;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Slice;
import ai.birdie.core.window.Window;
import ai.birdie.databricks.name.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /** Into how many parts the probe cuts the rows that are due. */
  private static final int PARTS = 200;

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

  /**
   * The probe: clock in microseconds, smallest position, rows without cursor, rows ahead of the
   * clock, rows due, and the positions that cut them, joined by commas. Every value is text: JSON
   * would round times to milliseconds.
   *
   * @param reach which positions may be due; empty where every one may
   */
  public Query probe(Optional<Planner.Reach> reach) {
    List<Parameter> parameters = new ArrayList<>(kindParameter());
    String due = "p < horizon";
    if (reach.isPresent()) {
      due = "(p >= :reach OR p < :before) AND p < horizon";
      parameters.add(Parameter.bigint("reach", reach.get().from()));
      parameters.add(Parameter.bigint("before", reach.get().before()));
    }
    String cuts =
        IntStream.range(1, PARTS)
            .mapToObj(i -> Double.toString((double) i / PARTS) + "D")
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT CAST(unix_micros(current_timestamp()) AS STRING) AS clock"
            + ", CAST(min(p) AS STRING) AS smallest"
            + ", CAST(count_if(p IS NULL) AS STRING) AS without_cursor"
            + ", CAST(count_if(p >= horizon) AS STRING) AS ahead"
            + (", CAST(count_if(" + due + ") AS STRING) AS due")
            + (", array_join(CAST(approx_percentile(CASE WHEN " + due + " THEN p END, ")
            + ("array(" + cuts + "), 2000) AS ARRAY<STRING>), ',') AS cuts")
            + (" FROM (SELECT "
                + cursor.position()
                + " AS p, "
                + cursor.now()
                + " AS horizon FROM ")
            + (Identifiers.path(table.parts()) + where(List.of()) + ")");
    return new Query(sql, parameters);
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
    List<String> conditions = new ArrayList<>();
    conditions.add(rows(window, parameters));
    conditions.addAll(within(window.slice(), parameters));
    String sql =
        "SELECT "
            + selected
            + (", " + cursor.position() + " AS " + Identifiers.quote(BatchReader.CURSOR))
            + (", " + RowHash.of(columns) + " AS " + Identifiers.quote(BatchReader.ROW_HASH))
            + (" FROM " + Identifiers.path(table.parts()) + where(conditions));
    return new Query(sql, parameters);
  }

  private String rows(Window window, List<Parameter> parameters) {
    if (window instanceof Window.Range range) {
      parameters.addAll(cursor.bounds(range.interval()));
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
  private List<String> within(Slice slice, List<Parameter> parameters) {
    if (slice.isWhole()) {
      return List.of();
    }
    parameters.add(Parameter.bigint("slice", slice.index()));
    parameters.add(Parameter.bigint("slices", slice.count()));
    return List.of("pmod(" + RowHash.of(key.isEmpty() ? columns : key) + ", :slices) = :slice");
  }

  private String where(List<String> rows) {
    List<String> conditions = new ArrayList<>(rows);
    filter
        .map(f -> Identifiers.quote(f.column()))
        .map(c -> "lower(regexp_replace(trim(" + c + "), '[\\\\s_-]+', '_')) IN (:kind, :kinds)")
        .ifPresent(conditions::add);
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private List<Parameter> kindParameter() {
    return filter
        .map(f ->
            List.of(
                Parameter.string("kind", f.kind().id()),
                Parameter.string("kinds", f.kind().id() + "s")))
        .orElse(List.of());
  }
}
