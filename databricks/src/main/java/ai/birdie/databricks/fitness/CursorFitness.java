package ai.birdie.databricks.fitness;

import static ai.birdie.databricks.fitness.Past.Way.CHANGE_FEED;
import static ai.birdie.databricks.fitness.Past.Way.ROW_TRACKING;
import static ai.birdie.databricks.fitness.Past.Way.VERSIONS;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Probe;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.sql.Column;
import ai.birdie.databricks.sql.Commits;
import ai.birdie.databricks.sql.FeedSql;
import ai.birdie.databricks.sql.FitnessSql;
import ai.birdie.databricks.sql.Query;
import ai.birdie.databricks.sql.VersionSql;
import ai.birdie.databricks.statement.Counts;
import ai.birdie.databricks.statement.Statement;
import ai.birdie.databricks.statement.Statements;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Measures how fit a feed's cursor and key are. How much of the table and of its history is looked
 * at has a bound, whatever their size.
 */
public final class CursorFitness {

  private static final long ROWS_GROUPED = 10_000_000;
  private static final long CHANGES_GROUPED = 1_000_000;
  private static final long CHANGES_READ = 20_000_000;

  /** A version is compared whole. */
  private static final long ROWS_COMPARED = 50_000_000;

  private static final int VERSIONS_COMPARED = 10;
  private static final int COMMITS = 50;
  private static final Duration REACH = Duration.ofDays(7);

  private final Statements statements;
  private final Feed feed;
  private final FeedSql sql;
  private final Probe probe;
  private final long rows;

  /**
   * @param probe what the source said of the whole feed
   */
  public CursorFitness(Statements statements, Feed feed, FeedSql sql, Probe probe) {
    this.statements = statements;
    this.feed = feed;
    this.sql = sql;
    this.probe = probe;
    this.rows = probe.due() + probe.withoutCursor() + probe.ahead();
  }

  /**
   * What the table holds now.
   *
   * @throws BirdieException if the statement is refused or fails
   */
  public Present present() {
    long share = share(rows, ROWS_GROUPED);
    Map<String, Counts> lines = new HashMap<>();
    Query query = new FitnessSql(sql, share).present(feed.start().map(scale()::floor));
    for (List<Optional<String>> line : ask(query)) {
      lines.put(line.get(0).orElse(""), new Counts(line, purpose()));
    }
    Counts stamps = lines.get(FitnessSql.STAMPS);
    Counts keys = lines.get(FitnessSql.KEYS);
    if (stamps == null || keys == null) {
      throw DatabricksErrors.incomplete(purpose(), "the answer lacks a line");
    }
    return new Present(stamps(stamps, share), keys(keys, share), share);
  }

  private static Present.Stamps stamps(Counts line, long share) {
    return new Present.Stamps(
        line.number(1) * share,
        line.number(2),
        line.optional(3).orElse(0L) * share,
        line.optional(4),
        line.optional(5).map(micros -> Duration.of(micros, ChronoUnit.MICROS)));
  }

  private static Present.Keys keys(Counts line, long share) {
    return new Present.Keys(
        line.number(1) * share,
        line.number(2) * share,
        line.number(3) * share,
        line.number(4) * share);
  }

  /**
   * What the table's history shows, in the best way that the table really allows.
   *
   * @throws BirdieException if the source cannot be reached
   */
  public Past past() {
    TableHistory history;
    try {
      history = history();
    } catch (AccessException | ConfigException | SourceException e) {
      requireLasting(e);
      return new Past.Unmeasured(
          ("no history of %s can be read: it is a view, has a row filter or a mask, or is no Delta"
                  + " table")
              .formatted(feed.table()));
    }
    List<TableHistory.Commit> loads =
        history.loads(probe.horizon().clock().minus(REACH), CHANGES_READ);
    return loads.isEmpty()
        ? new Past.Unmeasured(
            "the history of %s shows no load of the last %d days besides its first"
                .formatted(feed.table(), REACH.toDays()))
        : past(history, loads);
  }

  private Past past(TableHistory history, List<TableHistory.Commit> loads) {
    return attempt(
            CHANGE_FEED, loads.stream().filter(c -> c.version() >= history.feedOn()).toList())
        .or(() -> attempt(ROW_TRACKING, rows > ROWS_COMPARED ? List.of() : loads))
        .or(() -> attempt(VERSIONS, newest(loads, ROWS_COMPARED / Math.max(1, rows))))
        .orElseGet(() ->
            new Past.Unmeasured(
                "%s has no change data feed, and its earlier versions cannot be compared%s"
                    .formatted(feed.table(), rows > ROWS_COMPARED ? ": it is too large" : "")));
  }

  private static List<TableHistory.Commit> newest(List<TableHistory.Commit> loads, long most) {
    long count = Math.min(loads.size(), Math.min(VERSIONS_COMPARED, most));
    return loads.subList(loads.size() - (int) count, loads.size());
  }

  private Optional<Past> attempt(Past.Way way, List<TableHistory.Commit> loads) {
    if (loads.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(measured(way, loads));
    } catch (AccessException | ConfigException | SourceException e) {
      requireLasting(e);
      return Optional.empty();
    }
  }

  /** A way that is closed is closed for good; what may pass is no reason to take another. */
  private static void requireLasting(BirdieException e) {
    if (e instanceof SourceException source && source.retryable()) {
      throw e;
    }
  }

  private Past measured(Past.Way way, List<TableHistory.Commit> loads) {
    long written = loads.stream().mapToLong(TableHistory.Commit::rows).sum();
    long share = share(way == CHANGE_FEED ? written : rows, CHANGES_GROUPED);
    Counts line =
        new Counts(one(query(new FitnessSql(sql, share), way, commits(loads))), purpose());
    return new Past.Measured(
        way,
        loads.size(),
        loads.get(0).at(),
        share,
        arrivals(line, share),
        new Past.Updates(line.number(3) * share, line.number(4) * share, line.number(5) * share));
  }

  private static Query query(FitnessSql fitness, Past.Way way, Commits commits) {
    return switch (way) {
      case CHANGE_FEED -> fitness.changed(commits);
      case ROW_TRACKING -> fitness.tracked(commits);
      case VERSIONS -> fitness.compared(commits);
    };
  }

  private static Past.Arrivals arrivals(Counts line, long share) {
    List<Long> quantiles = line.numbers(8);
    Duration longest = micros(line.optional(9).orElse(0L));
    return new Past.Arrivals(
        line.number(1) * share,
        line.number(2) * share,
        line.number(6) * share,
        line.number(7) * share,
        quantiles.size() == 2 ? micros(quantiles.get(0)) : longest,
        quantiles.size() == 2 ? micros(quantiles.get(1)) : longest,
        longest);
  }

  private Commits commits(List<TableHistory.Commit> loads) {
    CursorScale exact = new CursorScale(1, scale().zone());
    TreeMap<Long, Long> positions = new TreeMap<>();
    loads.forEach(commit -> positions.put(commit.version(), exact.floor(commit.at())));
    return new Commits(positions, scale().reach(feed.lag()));
  }

  private TableHistory history() {
    Statement statement = statements.run(request(VersionSql.history(feed.table(), COMMITS)));
    List<String> names = statement.manifest().columns().stream().map(Column::name).toList();
    return TableHistory.of(names, statements.rows(statement), purpose());
  }

  private List<Optional<String>> one(Query query) {
    List<List<Optional<String>>> answer = ask(query);
    if (answer.size() != 1) {
      throw DatabricksErrors.incomplete(purpose(), "the answer is not one line");
    }
    return answer.get(0);
  }

  private List<List<Optional<String>>> ask(Query query) {
    return statements.answer(request(query)).rows();
  }

  private Statement.Request request(Query query) {
    return new Statement.Request(
        query,
        Statement.Delivery.INLINE,
        purpose(),
        Optional.of(feed.table()),
        Map.of("birdie_feed", feed.name(), "birdie_window", "fitness"));
  }

  private String purpose() {
    return "measure the partition column of " + feed.table();
  }

  private CursorScale scale() {
    return probe.horizon().scale();
  }

  private static long share(long rows, long most) {
    return Math.max(1, -Math.floorDiv(-rows, most));
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
