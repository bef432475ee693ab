package ai.birdie.databricks.sql;

import ai.birdie.core.feed.TableName;
import ai.birdie.core.window.TableVersion;
import ai.birdie.core.window.Window;
import ai.birdie.databricks.name.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements about versions of a feed's table. Version numbers are written out: a table's time
 * travel and its change feed take no parameters, and they are numbers of the table's own.
 */
public final class VersionSql {

  /** What a version added to a row's hash: its events count once for what came, less what went. */
  static final String SIGN =
      "CASE WHEN _change_type IN ('insert', 'update_postimage') THEN 1 ELSE -1 END";

  private static final String CLOCK = "CAST(unix_micros(current_timestamp()) AS STRING)";
  private static final String SUM = "CAST(sum(CAST(%s AS DECIMAL(20, 0))) AS STRING)";

  private VersionSql() {}

  /** The table's versions, newest first: number, time, and fifth its operation. */
  public static Query history(TableName table, int most) {
    return new Query(
        "DESCRIBE HISTORY " + Identifiers.path(table.parts()) + " LIMIT " + most, List.of());
  }

  /** The source's clock, in microseconds. */
  public static Query clock() {
    return new Query("SELECT " + CLOCK, List.of());
  }

  /** Fails unless the table has a change feed at that version. */
  public static Query changesTrial(TableName table, long version) {
    return new Query("SELECT count(*) FROM " + changes(table, version, version), List.of());
  }

  /** Fails unless the table tracks its rows. */
  public static Query trackingTrial(TableName table, long version) {
    return new Query(
        "SELECT max(_metadata.row_commit_version) FROM "
            + relation(table, Optional.of(version))
            + " WHERE 1=0",
        List.of());
  }

  /**
   * For each version with events of the feed, after one and up to another: the clock, the version,
   * its time in microseconds, how many events, and the sum of their signed hashes. And a line
   * without a version, so that there is always a clock.
   */
  public static Query events(FeedSql feed, long after, long upTo, Optional<Long> from) {
    List<Parameter> parameters = new ArrayList<>(feed.kindParameter());
    String sql =
        "SELECT %s, CAST(NULL AS STRING), CAST(NULL AS STRING), '0', '0' UNION ALL SELECT %s, "
                .formatted(CLOCK, CLOCK)
            + "CAST(version AS STRING), CAST(max(unix_micros(at)) AS STRING), CAST(count(*) AS STRING), "
            + (SUM.formatted("hash") + " FROM (SELECT _commit_version AS version, ")
            + ("_commit_timestamp AS at, CAST(" + RowHash.of(feed.columns()))
            + (" AS DECIMAL(20, 0)) * " + SIGN + " AS hash FROM ")
            + (changes(feed.table(), after + 1, upTo) + feed.where(within(feed, from, parameters)))
            + ") GROUP BY version";
    return new Query(sql, parameters);
  }

  /**
   * The clock, how many rows the feed has at a version, how many of them were written after
   * another, and the sum of the hashes of these.
   */
  public static Query written(FeedSql feed, long after, long at, Optional<Long> from) {
    List<Parameter> parameters = new ArrayList<>(feed.kindParameter());
    String later = "version > " + after + "L";
    String sql =
        ("SELECT " + CLOCK + ", CAST(count(*) AS STRING), CAST(count_if(" + later)
            + (") AS STRING), coalesce(" + SUM.formatted("IF(" + later + ", hash, 0L)"))
            + ", '0') FROM (SELECT _metadata.row_commit_version AS version, "
            + (RowHash.of(feed.columns()) + " AS hash FROM ")
            + relation(feed.table(), Optional.of(at))
            + (feed.where(within(feed, from, parameters)) + ")");
    return new Query(sql, parameters);
  }

  /** Place, rows, and sum of hashes of one window of versions, as the control query has them. */
  static Query total(FeedSql feed, Window window) {
    List<Parameter> parameters = new ArrayList<>(feed.kindParameter());
    String hash =
        "CAST("
            + RowHash.of(feed.columns())
            + " AS DECIMAL(20, 0))"
            + (window instanceof Window.Versions ? " * " + SIGN : "");
    String sql =
        ("SELECT '0', CAST(count(*) AS STRING), coalesce(" + SUM.formatted("hash"))
            + (", '0') FROM (SELECT " + hash + " AS hash FROM " + relation(feed, window))
            + (feed.where(rows(feed, window, parameters)) + ")");
    return new Query(sql, parameters);
  }

  /** What a window of versions is read from. */
  static String relation(FeedSql feed, Window window) {
    return window instanceof Window.Versions versions
        ? changes(feed.table(), versions.after() + 1, versions.upTo().number())
        : relation(feed.table(), window.horizon().version().map(TableVersion::number));
  }

  /** A table, at a version where one is given. */
  static String relation(TableName table, Optional<Long> version) {
    return Identifiers.path(table.parts()) + version.map(v -> " VERSION AS OF " + v).orElse("");
  }

  /** Which rows of the relation a window of versions has. */
  static List<String> rows(FeedSql feed, Window window, List<Parameter> parameters) {
    List<String> conditions = new ArrayList<>();
    if (window instanceof Window.Versions versions) {
      conditions.addAll(within(feed, versions.from(), parameters));
    } else if (window instanceof Window.Written written) {
      conditions.add("_metadata.row_commit_version > " + written.after() + "L");
      conditions.addAll(within(feed, written.from(), parameters));
    }
    conditions.addAll(feed.within(window.slice(), parameters));
    return conditions;
  }

  private static List<String> within(
      FeedSql feed, Optional<Long> from, List<Parameter> parameters) {
    if (from.isEmpty()) {
      return List.of();
    }
    CursorColumn cursor = feed.cursor();
    parameters.add(cursor.from("start", from.get()));
    return List.of("((" + cursor.onwards() + ") OR (" + cursor.absent() + "))");
  }

  private static String changes(TableName table, long first, long last) {
    return "table_changes(%s, %s, %s)"
        .formatted(Identifiers.pathLiteral(table.parts()), first, last);
  }
}
