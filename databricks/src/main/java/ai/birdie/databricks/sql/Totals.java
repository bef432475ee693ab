package ai.birdie.databricks.sql;

import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parts of a statement that adds up rows and their hashes by what they belong to.
 *
 * <p>Positions are written out: there may be more of them than a statement takes parameters, and
 * they are numbers of the planner's.
 */
final class Totals {

  /** The columns of {@link #of}: which part, how many rows, and the sum of their hashes. */
  static final String COLUMNS =
      "CAST(part AS STRING), CAST(count(*) AS STRING),"
          + " CAST(sum(CAST(hash AS DECIMAL(20, 0))) AS STRING)";

  private Totals() {}

  /**
   * The statement that tells for each window, by its place in the list, the total of its rows. A
   * window without rows has no line.
   */
  static Query of(FeedSql feed, List<Window> windows) {
    List<Parameter> parameters = new ArrayList<>(feed.kindParameter());
    String sliced = windows.stream().allMatch(w -> w.slice().isWhole()) ? "" : ", " + keyHash(feed);
    String sql =
        ("SELECT " + COLUMNS + " FROM (SELECT " + part(windows) + " AS part, hash FROM (SELECT ")
            + (feed.cursor().position() + " AS p, " + RowHash.of(feed.columns()) + " AS hash")
            + (sliced + " FROM " + VersionSql.relation(feed, windows.get(0)))
            + (feed.where(List.of(rows(feed, windows, parameters))) + "))")
            + " WHERE part IS NOT NULL GROUP BY part";
    return new Query(sql, parameters);
  }

  /** By the key, as the slices are cut. */
  private static String keyHash(FeedSql feed) {
    return RowHash.of(feed.key().isEmpty() ? feed.columns() : feed.key()) + " AS k";
  }

  /** A condition that holds for every row of the windows, and lets a warehouse skip files. */
  private static String rows(FeedSql feed, List<Window> windows, List<Parameter> parameters) {
    CursorColumn cursor = feed.cursor();
    List<String> any = new ArrayList<>();
    Optional<Long> from = windows.stream().flatMap(w -> from(w).stream()).min(Long::compare);
    if (from.isPresent()) {
      parameters.add(cursor.from("start", from.get()));
      any.add("(" + cursor.onwards() + ")");
    }
    if (windows.stream().anyMatch(Window.NullCursor.class::isInstance)) {
      any.add("(" + cursor.absent() + ")");
    }
    return "(" + String.join(" OR ", any) + ")";
  }

  private static Optional<Long> from(Window window) {
    return window instanceof Window.Future future
        ? Optional.of(future.from())
        : window.bounded().map(Interval::from);
  }

  private static String part(List<Window> windows) {
    Map<Interval, String> intervals = new LinkedHashMap<>();
    StringBuilder cases = new StringBuilder("CASE WHEN p IS NULL THEN ");
    cases.append(which(windows, Window.NullCursor.class));
    OptionalLong ahead =
        windows.stream()
            .filter(Window.Future.class::isInstance)
            .mapToLong(w -> ((Window.Future) w).from())
            .findFirst();
    if (ahead.isPresent()) {
      cases.append(" WHEN p >= ").append(ahead.getAsLong()).append("L THEN ");
      cases.append(which(windows, Window.Future.class));
    }
    for (Window window : windows) {
      window.bounded().ifPresent(i -> intervals.computeIfAbsent(i, same -> which(windows, i)));
    }
    return cases + " ELSE " + tree(intervals) + " END";
  }

  private static String which(List<Window> windows, Class<? extends Window> sort) {
    return which(windows, windows.stream().filter(sort::isInstance).toList());
  }

  private static String which(List<Window> windows, Interval interval) {
    return which(
        windows,
        windows.stream().filter(w -> w.bounded().filter(interval::equals).isPresent()).toList());
  }

  /** Which of the windows that differ in nothing but their slice. */
  private static String which(List<Window> windows, List<Window> same) {
    if (same.isEmpty()) {
      return "CAST(NULL AS INT)";
    }
    if (same.get(0).slice().isWhole()) {
      return Integer.toString(windows.indexOf(same.get(0)));
    }
    StringBuilder cases = new StringBuilder("CASE");
    for (Window window : same) {
      cases.append(" WHEN pmod(k, ").append(window.slice().count()).append(") = ");
      cases.append(window.slice().index()).append(" THEN ").append(windows.indexOf(window));
    }
    return cases + " END";
  }

  /**
   * Which of some intervals a position lies in, as a balanced tree: a row is compared with as many
   * bounds as the tree is deep.
   *
   * @param parts what to say of each; the intervals are disjoint
   */
  static String tree(Map<Interval, String> parts) {
    List<Interval> sorted = parts.keySet().stream().sorted(Comparator.naturalOrder()).toList();
    return sorted.isEmpty() ? "CAST(NULL AS INT)" : tree(sorted, parts);
  }

  private static String tree(List<Interval> sorted, Map<Interval, String> parts) {
    if (sorted.size() == 1) {
      Interval only = sorted.get(0);
      return "CASE WHEN p >= %sL AND p < %sL THEN %s END"
          .formatted(only.from(), only.to(), parts.get(only));
    }
    int half = sorted.size() / 2;
    return "CASE WHEN p < %sL THEN %s ELSE %s END"
        .formatted(
            sorted.get(half).from(),
            tree(sorted.subList(0, half), parts),
            tree(sorted.subList(half, sorted.size()), parts));
  }
}
