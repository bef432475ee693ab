package ai.birdie.databricks.sql;

import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The probe of a feed: one statement, so that all it says is of one moment.
 *
 * <p>Its line {@link FeedSql#PROBED_FEED} has clock in microseconds, smallest position, rows
 * without cursor, rows ahead of the clock, rows due, and the positions that cut them, joined by
 * commas. Each other line has rows and sum of hashes, of what its name says or of the interval of
 * the inquiry whose place it names; those without rows are missing. Every value is text: JSON would
 * round.
 */
final class ProbeSql {

  /** Into how many parts the probe cuts the rows that are due. */
  private static final int PARTS = 200;

  private final FeedSql feed;
  private final Inquiry inquiry;
  private final String relation;
  private final List<Parameter> parameters;

  private ProbeSql(FeedSql feed, Inquiry inquiry, Optional<Long> version) {
    this.feed = feed;
    this.inquiry = inquiry;
    this.relation = VersionSql.relation(feed.table(), version);
    this.parameters = new ArrayList<>(feed.kindParameter());
  }

  static Query of(FeedSql feed, Inquiry inquiry, Optional<Long> version) {
    ProbeSql probe = new ProbeSql(feed, inquiry, version);
    String sql = probe.feed() + inquiry.recent().map(probe::recent).orElse("");
    return new Query(sql, probe.parameters);
  }

  private String feed() {
    String due = due();
    String cuts =
        IntStream.range(1, PARTS)
            .mapToObj(i -> Double.toString((double) i / PARTS) + "D")
            .collect(Collectors.joining(", "));
    return "SELECT '"
        + FeedSql.PROBED_FEED
        + "' AS part, CAST(unix_micros(current_timestamp()) AS STRING) AS clock"
        + ", CAST(min(p) AS STRING) AS smallest"
        + ", CAST(count_if(p IS NULL) AS STRING) AS without_cursor"
        + (", CAST(count_if(" + ahead() + ") AS STRING) AS ahead")
        + (", CAST(count_if(" + due + ") AS STRING) AS due")
        + (", array_join(CAST(approx_percentile(CASE WHEN " + due + " THEN p END, ")
        + ("array(" + cuts + "), 2000) AS ARRAY<STRING>), ',') AS cuts")
        + (" FROM (SELECT " + feed.cursor().position() + " AS p, ")
        + (feed.cursor().now(0) + " AS horizon FROM ")
        + (relation + feed.where(List.of()) + ")");
  }

  private String due() {
    if (inquiry.due().isEmpty()) {
      return "p < horizon";
    }
    parameters.add(Parameter.bigint("reach", inquiry.due().get().from()));
    parameters.add(Parameter.bigint("before", inquiry.due().get().before()));
    return "(p >= :reach OR p < :before) AND p < horizon";
  }

  private String ahead() {
    return inquiry.settling() ? "p > horizon" : "p >= horizon";
  }

  private String recent(Inquiry.Recent recent) {
    CursorColumn cursor = feed.cursor();
    parameters.add(cursor.from("start", recent.from()));
    String rows = "((" + cursor.onwards() + ") OR (" + cursor.absent() + "))";
    return " UNION ALL SELECT "
        + Totals.COLUMNS
        + (", " + String.join(", ", Collections.nCopies(4, "CAST(NULL AS STRING)")))
        + (" FROM (SELECT " + part(recent) + " AS part, hash FROM (SELECT ")
        + (cursor.position() + " AS p, " + RowHash.of(feed.columns()) + " AS hash, ")
        + (cursor.now(0) + " AS horizon, " + cursor.now(recent.settleMicros()) + " AS settled")
        + (" FROM " + relation)
        + (feed.where(List.of(rows)) + ")) WHERE part IS NOT NULL GROUP BY part");
  }

  private String part(Inquiry.Recent recent) {
    Map<Interval, String> places = new LinkedHashMap<>();
    for (int i = 0; i < recent.intervals().size(); i++) {
      places.put(recent.intervals().get(i), "'" + i + "'");
    }
    return "CASE WHEN p IS NULL THEN '%s' WHEN %s THEN '%s' WHEN p >= %sL THEN IF(p < settled, '%s', NULL) ELSE %s END"
        .formatted(
            FeedSql.PROBED_WITHOUT_CURSOR,
            ahead(),
            FeedSql.PROBED_AHEAD,
            recent.frontier(),
            FeedSql.PROBED_NEW,
            Totals.tree(places));
  }
}
