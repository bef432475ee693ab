package ai.birdie.databricks.sql;

import static java.util.Objects.requireNonNull;

import ai.birdie.databricks.name.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements that tell how fit a feed's cursor and key are. Each answers with counts, and none
 * with a row.
 *
 * @param share one of how many keys is looked at; all rows of a key are, or none
 */
public record FitnessSql(FeedSql feed, long share) {

  /** The line about the cursor's values. */
  public static final String STAMPS = "stamps";

  /** The line about the keys. */
  public static final String KEYS = "keys";

  /** What a cursor's values are all multiples of, the coarsest first. */
  private static final long[] RESOLUTIONS = {
    86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L
  };

  public FitnessSql {
    requireNonNull(feed);
    if (share < 1) {
      throw new IllegalArgumentException("A share is one of some");
    }
  }

  /**
   * What the table holds now, in two lines. That of the stamps: rows, different stamps, the most
   * rows on one, which one that is, and what all are multiples of in microseconds. That of the
   * keys: rows without, keys of several rows, how many rows those are, and how many of those keys
   * have two rows of one stamp.
   *
   * @param from the position at which reading begins; empty where all is read
   */
  public Query present(Optional<Long> from) {
    List<Parameter> parameters = parameters();
    List<String> read = new ArrayList<>();
    CursorColumn cursor = feed.cursor();
    if (from.isPresent()) {
      parameters.add(cursor.from("start", from.get()));
      read.add("((" + cursor.onwards() + ") OR (" + cursor.absent() + "))");
    }
    String rows =
        "SELECT p, k, keyless FROM ("
            + rows(table(), "(" + keyless() + ") AS keyless", read)
            + ")"
            + sampled();
    String sql =
        "SELECT '"
            + STAMPS
            + "' AS part, CAST(coalesce(sum(n), 0) AS STRING), CAST(count(*) AS STRING)"
            + ", CAST(max(n) AS STRING), CAST(max_by(p, n) AS STRING)"
            + (", CAST(" + resolution() + " AS STRING)")
            + (" FROM (SELECT p, count(*) AS n FROM (" + rows + ") WHERE p IS NOT NULL GROUP BY p)")
            + (" UNION ALL SELECT '" + KEYS + "', CAST(coalesce(sum(IF(keyless, n, 0)), 0)")
            + " AS STRING), CAST(count_if(n > 1 AND NOT keyless) AS STRING)"
            + ", CAST(coalesce(sum(IF(n > 1 AND NOT keyless, n, 0)), 0) AS STRING)"
            + ", CAST(count_if(same > 1 AND NOT keyless) AS STRING), CAST(NULL AS STRING)"
            + " FROM (SELECT k, keyless, sum(n) AS n, max(n) AS same FROM"
            + (" (SELECT k, keyless, p, count(*) AS n FROM (" + rows + ") GROUP BY k, keyless, p)")
            + " GROUP BY k, keyless)";
    return new Query(sql, parameters);
  }

  private static String resolution() {
    StringBuilder cases = new StringBuilder("CASE");
    for (long unit : RESOLUTIONS) {
      cases.append(" WHEN bool_and(pmod(p, ").append(unit).append("L) = 0) THEN ").append(unit);
    }
    return cases + " ELSE 1 END";
  }

  private String keyless() {
    return feed.key().stream()
        .map(column -> Identifiers.quote(column.name()) + " IS NULL")
        .collect(Collectors.joining(" OR "));
  }

  /**
   * What some commits changed, by the table's change data feed. The answer is one line: new rows;
   * those of them that have a cursor; those of these that were a day late; updates; updates that
   * moved the cursor, and that moved it back; new and moved rows; those of them that were later
   * than the lag; of their lateness in microseconds the median and the 99th percentile, joined by a
   * comma, and the greatest.
   */
  public Query changed(Commits commits) {
    String changes =
        "table_changes(%s, %s, %s)"
            .formatted(
                Identifiers.pathLiteral(feed.table().parts()), commits.first(), commits.last());
    String before = "_change_type IN ('update_preimage', 'delete')";
    String after = "_change_type IN ('update_postimage', 'insert')";
    String versions =
        rows(changes, "_commit_version AS v, " + before + " AS old, " + after + " AS new");
    return measured(
        commits,
        "SELECT v, count_if(old) AS before, count_if(new) AS after, max(IF(old, p, NULL)) AS b"
            + ", max(IF(new, p, NULL)) AS a"
            + ", NOT (max(IF(old, h, NULL)) <=> max(IF(new, h, NULL))) AS differs"
            + (" FROM (" + versions + ")" + sampled() + " GROUP BY v, k"));
  }

  /** As {@link #changed}, by the version that row tracking keeps with each row. */
  public Query tracked(Commits commits) {
    String row = "_metadata.row_id AS r";
    String version = "_metadata.row_commit_version";
    String now =
        rows(
            at(commits.last()),
            row + ", " + version + " AS v",
            List.of(version + " >= " + commits.first()));
    return measured(
        commits,
        "SELECT now.v AS v, IF(earlier.r IS NULL, 0, 1) AS before, 1 AS after, earlier.p AS b"
            + ", now.p AS a, NOT (earlier.h <=> now.h) AS differs"
            + (" FROM (SELECT * FROM (" + now + ")" + sampled() + ") AS now")
            + (" LEFT JOIN ("
                + rows(at(commits.base()), row)
                + ") AS earlier ON now.r = earlier.r"));
  }

  /** As {@link #changed}, by what each version holds that the one before it does not. */
  public Query compared(Commits commits) {
    String versions =
        commits.states().stream()
            .map(version -> rows(at(version), version + "L AS v"))
            .collect(Collectors.joining(" UNION ALL "));
    String seen =
        "SELECT k, p, h, min(v) AS v FROM (" + versions + ")" + sampled() + " GROUP BY k, p, h";
    String former = " OVER (PARTITION BY k ORDER BY v)";
    return measured(
        commits,
        "SELECT v, IF(bh IS NULL, 0, 1) AS before, 1 AS after, b, p AS a, true AS differs"
            + (" FROM (SELECT v, p, lag(p)" + former + " AS b, lag(h)" + former + " AS bh")
            + (" FROM (" + seen + ")) WHERE v > " + commits.base()));
  }

  private Query measured(Commits commits, String changes) {
    long unit = feed.cursor().scale().unitMicros();
    String late =
        "try_element_at(%s, v) - a - %sL".formatted(commits.times(), unit == 1 ? 0 : unit);
    String sql =
        "SELECT "
            + "CAST(coalesce(sum(IF(before = 0, after, 0)), 0) AS STRING)"
            + ", CAST(count_if(before = 0 AND late IS NOT NULL) AS STRING)"
            + ", CAST(count_if(before = 0 AND late > 86400000000L) AS STRING)"
            + ", CAST(count_if(updated) AS STRING), CAST(count_if(updated AND moved) AS STRING)"
            + ", CAST(count_if(updated AND a < b) AS STRING)"
            + ", CAST(count(late) AS STRING), CAST(count_if(late > :lag) AS STRING)"
            + ", array_join(CAST(approx_percentile(late, array(0.5D, 0.99D), 2000)"
            + " AS ARRAY<STRING>), ','), CAST(max(late) AS STRING) FROM (SELECT *, "
            + ("IF(after > 0 AND (before = 0 OR moved), " + late + ", NULL) AS late")
            + " FROM (SELECT *, NOT (a <=> b) AS moved"
            + (", before > 0 AND after > 0 AND differs AS updated FROM (" + changes + ")))");
    List<Parameter> parameters = parameters();
    parameters.add(Parameter.bigint("lag", commits.lagMicros()));
    return new Query(sql, parameters);
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(feed.kindParameter());
    if (share > 1) {
      parameters.add(Parameter.bigint("share", share));
    }
    return parameters;
  }

  private String sampled() {
    return share > 1 ? " WHERE pmod(k, :share) = 0" : "";
  }

  private String table() {
    return Identifiers.path(feed.table().parts());
  }

  private String at(long version) {
    return table() + " VERSION AS OF " + version;
  }

  private String rows(String relation, String more) {
    return rows(relation, more, List.of());
  }

  /** The feed's rows: position, hashes of key and row, and what else is wanted. */
  private String rows(String relation, String more, List<String> conditions) {
    return "SELECT "
        + (feed.cursor().position() + " AS p, " + RowHash.of(feed.key()) + " AS k, ")
        + (RowHash.of(feed.columns()) + " AS h, " + more)
        + (" FROM " + relation + feed.where(conditions));
  }
}
