package ai.birdie.duckdb;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.ContractException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import ai.birdie.duckdb.Judgement.Presented;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Windows of which more rows broke the contract than the feed allows. Nothing of such a window is
 * landed; what was wrong with it is kept, so that somebody can decide. Of each feed one is kept,
 * the last, since a run ends with it.
 */
final class HeldWindows {

  /** Fewer are never too many. */
  private static final long LEAST_BROKEN = 100;

  private static final int MOST_ROWS = 1_000;
  private static final int MOST_NAMED = 3;

  private final Database database;

  HeldWindows(Database database) {
    this.database = database;
  }

  /** The held windows of a feed, or of all. */
  List<HeldWindow> of(Optional<String> feed) {
    return database.rows(
        this::held,
        "SELECT id, feed, sort, bounds, statement_id, row_count, broken, held_at, accepted FROM birdie.held"
            + " WHERE ? IN ('', feed) ORDER BY feed",
        feed.orElse(""));
  }

  private HeldWindow held(ResultSet row) throws SQLException {
    long id = row.getLong(1);
    return new HeldWindow(
        id,
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        Receipts.instant(row, 8),
        row.getBoolean(9),
        database.rows(
            rule -> new HeldWindow.Broken(rule.getString(1), rule.getLong(2)),
            "SELECT violation, row_count FROM birdie.held_rule WHERE held = ? ORDER BY row_count DESC, violation",
            id));
  }

  /**
   * Whether more rows broke the contract than the feed allows, and nobody has accepted them. Rows
   * that the store held already, broken as they are, count as sound: they were accepted once.
   */
  boolean mustHold(Feed feed, Window window, List<Tally> tallies) {
    long broken =
        tallies.stream()
            .filter(tally -> tally.soundness() == Soundness.QUARANTINED)
            .filter(tally ->
                tally.disposition() == Disposition.NEW
                    || tally.disposition() == Disposition.CHANGED)
            .mapToLong(Tally::rows)
            .sum();
    long rows = Tally.total(tallies).rows();
    return broken >= LEAST_BROKEN && broken > feed.tolerance() * rows && !accepts(feed, window);
  }

  private boolean accepts(Feed feed, Window window) {
    return database.number(
            "SELECT count(*) FROM birdie.held WHERE accepted AND feed = ? AND sort = ? AND "
                + meets(window),
            feed.name(),
            window.sort())
        > 0;
  }

  /** Whether a held window and this one share rows; those that are told otherwise share some. */
  private static String meets(Window window) {
    return window
        .bounded()
        .map(interval ->
            "from_position < %s AND to_position > %s".formatted(interval.to(), interval.from()))
        .orElse("true");
  }

  /**
   * Gives up the landing, in whose transaction the rows are still there, and keeps what was wrong.
   *
   * @param receipt of the window, not written yet
   * @return what is to be told
   */
  ContractException hold(Feed feed, Window window, History history, Receipt receipt) {
    Evidence evidence = evidence(history, receipt.window());
    database.rollback();
    long id = database.number("SELECT coalesce(max(id), 0) + 1 FROM birdie.held");
    forget(feed);
    keep(id, feed, window, receipt, evidence);
    database.commit();
    return refusal(feed, receipt, id, evidence);
  }

  /**
   * What is known of a window's broken rows.
   *
   * @param broken how many there are
   * @param rules what they break, the most frequent first
   * @param rows some of them
   */
  private record Evidence(long broken, List<HeldWindow.Broken> rules, List<HeldRow> rows) {}

  /** A row's violations and the row, both as JSON, and whose it is; empty for nobody's. */
  private record HeldRow(String violations, String record, String author) {}

  private Evidence evidence(History history, long number) {
    String broken =
        "FROM %s WHERE _window = %s AND len(_violations) > 0".formatted(history.landing(), number);
    List<Column> columns = new LandingTable(database, history).columns();
    String record = RowJson.of(columns);
    String author =
        new Suppression(database, history, SuppressionList.nobody())
            .author(columns)
            .map(Presented::expression)
            .orElse("''");
    return new Evidence(
        database.number("SELECT count(*) " + broken),
        database.rows(
            row -> new HeldWindow.Broken(row.getString(1), row.getLong(2)),
            "SELECT violation, count(*) FROM (SELECT unnest(_violations) AS violation %s) GROUP BY ALL ORDER BY 2 DESC, 1"
                .formatted(broken)),
        database.rows(
            row -> new HeldRow(row.getString(1), row.getString(2), row.getString(3)),
            "SELECT to_json(_violations)::VARCHAR, %s::VARCHAR, coalesce(%s, '') %s LIMIT %s"
                .formatted(record, author, broken, MOST_ROWS)));
  }

  private void keep(long id, Feed feed, Window window, Receipt receipt, Evidence evidence) {
    Optional<Interval> interval = window.bounded();
    database.execute(
        "INSERT INTO birdie.held VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false)",
        id,
        feed.name(),
        receipt.sort(),
        receipt.bounds(),
        interval.map(Interval::from).orElse(Long.MIN_VALUE),
        interval.map(Interval::to).orElse(Long.MAX_VALUE),
        receipt.proof().statementId(),
        receipt.proof().rows(),
        evidence.broken(),
        Receipts.utc(receipt.committedAt()));
    for (HeldWindow.Broken rule : evidence.rules()) {
      database.execute(
          "INSERT INTO birdie.held_rule VALUES (?, ?, ?)", id, rule.violation(), rule.rows());
    }
    for (HeldRow row : evidence.rows()) {
      database.execute(
          "INSERT INTO birdie.held_row VALUES (?, ?::JSON::VARCHAR[], ?::JSON, ?)",
          id,
          row.violations(),
          row.record(),
          row.author());
    }
  }

  private static ContractException refusal(Feed feed, Receipt receipt, long id, Evidence evidence) {
    String most =
        evidence.rules().stream()
            .limit(MOST_NAMED)
            .map(rule -> "%s (%,d)".formatted(rule.violation(), rule.rows()))
            .collect(Collectors.joining(", "));
    return new ContractException(
        "The window %s of %s is held: %,d of its %,d rows break the contract, more than %s %%. Most break %s. Nothing of it was landed."
            .formatted(
                receipt.bounds(),
                feed.name(),
                evidence.broken(),
                receipt.proof().rows(),
                percent(feed),
                most),
        "Look at the rows (birdie quarantine %1$s), and mend the source or the file's mapping; or take them into quarantine: birdie ingest --accept %2$d FILE"
            .formatted(feed.name(), id));
  }

  private static String percent(Feed feed) {
    return BigDecimal.valueOf(feed.tolerance() * 100).stripTrailingZeros().toPlainString();
  }

  /**
   * Lets the next windows that share rows with the held one land, whatever breaks the contract.
   *
   * @throws ConfigException if no feed has such a window
   */
  void accept(List<String> feeds, long id) {
    String names = feeds.stream().map(Sql::text).collect(Collectors.joining(", "));
    long accepted =
        database.execute(
            "UPDATE birdie.held SET accepted = true WHERE id = ? AND feed IN (" + names + ")", id);
    if (accepted == 0) {
      throw new ConfigException(
          "No window %d of %s is held.".formatted(id, String.join(", ", feeds)),
          "birdie quarantine FEED shows a held window and its number.");
    }
  }

  /** Takes the rows of everybody on the list out; how many. */
  long erase(SuppressionList people) {
    return database.execute("DELETE FROM birdie.held_row WHERE " + people.holds("author"));
  }

  /** A window was landed: what was held of its rows is of no use any more. */
  void landed(Feed feed, Window window) {
    database
        .rows(
            row -> row.getLong(1),
            "SELECT id FROM birdie.held WHERE feed = ? AND sort = ? AND " + meets(window),
            feed.name(),
            window.sort())
        .forEach(this::drop);
  }

  private void forget(Feed feed) {
    database
        .rows(row -> row.getLong(1), "SELECT id FROM birdie.held WHERE feed = ?", feed.name())
        .forEach(this::drop);
  }

  private void drop(long id) {
    database.execute("DELETE FROM birdie.held_rule WHERE held = ?", id);
    database.execute("DELETE FROM birdie.held_row WHERE held = ?", id);
    database.execute("DELETE FROM birdie.held WHERE id = ?", id);
  }
}
