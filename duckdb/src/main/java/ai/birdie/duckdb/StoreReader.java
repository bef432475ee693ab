package ai.birdie.duckdb;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.StoreException;
import ai.birdie.core.feed.Way;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.CursorScale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Answers questions about a store, and cannot change it. Belongs to one thread. */
public final class StoreReader implements AutoCloseable {

  private static final String QUARANTINED =
      "SELECT _window, NULL::BIGINT, statement_id, array_to_string(violations, ?), record::VARCHAR"
          + " FROM quarantine WHERE _feed = ?";
  private static final String KEPT_OF_HELD =
      "SELECT NULL::BIGINT, h.id, h.statement_id, array_to_string(r.violations, ?), r.record::VARCHAR"
          + " FROM birdie.held_row r JOIN birdie.held h ON h.id = r.held WHERE h.feed = ?";

  private final Path file;
  private final Optional<StoreLock> lock;
  private final Database database;

  private StoreReader(Path file, Optional<StoreLock> lock, Database database) {
    this.file = file;
    this.lock = lock;
    this.database = database;
  }

  /**
   * Opens the store in {@code home} for reading.
   *
   * @throws ConfigException if there is no store
   * @throws StoreException if another process writes to it, or if it cannot be read
   */
  public static StoreReader open(Path home) {
    Path file = file(home);
    StoreLock lock = StoreLock.take(home, StoreLock.Use.READ);
    try {
      return reading(file, Optional.of(lock), Database.openForReading(file));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * As {@link #open}; but where a process lands rows in the store, that process answers, from what
   * is committed now.
   *
   * @param allocator for answers
   * @throws ConfigException if there is no store
   * @throws StoreException if another process has the store to itself, or if it cannot be read
   */
  public static StoreReader openOrAsk(Path home, BufferAllocator allocator) {
    return StoreHolder.find(home, allocator)
        .map(holder -> asking(holder, file(home)))
        .orElseGet(() -> open(home));
  }

  private static StoreReader asking(StoreHolder holder, Path file) {
    return reading(file, Optional.empty(), Database.answeredBy(holder, file));
  }

  private static StoreReader reading(Path file, Optional<StoreLock> lock, Database database) {
    try {
      StoreFormat.check(file, database);
      return new StoreReader(file, lock, database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * The file of the store in {@code home}.
   *
   * @throws ConfigException if there is no store
   */
  static Path file(Path home) {
    Path file = home.resolve(DuckStore.FILE);
    if (!Files.exists(file)) {
      throw new ConfigException(
          "There is no store in " + home + ".",
          "Ingest something first (birdie ingest FILE), or name another folder with --home.");
    }
    return file;
  }

  /** How every feed stands, by name. */
  public List<FeedStatus> feeds() {
    return database.rows(
        this::status,
        """
        SELECT h.feed, h.kind, h.workspace, h.source_table, h.unit_micros, h.zone, h.id,
          max(r.horizon), max(r.committed_at), count(r.window_id), h.way, nullif(h.reason, ''),
          h.version
        FROM birdie.history h LEFT JOIN birdie.receipt r ON r.history = h.id
        WHERE h.state = 'CURRENT' GROUP BY ALL ORDER BY h.feed
        """);
  }

  /**
   * The receipts of a feed's current history, oldest first.
   *
   * @throws ConfigException if the store has no such feed
   */
  public List<Receipt> receipts(String feed) {
    requireKnown(feed);
    return Receipts.of(database, feed);
  }

  private void requireKnown(String feed) {
    List<String> known =
        database.rows(
            row -> row.getString(1),
            "SELECT feed FROM birdie.history UNION SELECT feed FROM birdie.held ORDER BY feed");
    if (!known.contains(feed)) {
      throw new ConfigException(
          "The store has no feed " + feed + "; it has: " + String.join(", ", known) + ".",
          "Name one of these, as in: birdie receipts FEED");
    }
  }

  /**
   * What the rows in a feed's quarantine break, the most frequent first.
   *
   * @throws ConfigException if the store has no such feed
   */
  public List<HeldWindow.Broken> quarantined(String feed) {
    requireKnown(feed);
    return database.rows(
        row -> new HeldWindow.Broken(row.getString(1), row.getLong(2)),
        """
        SELECT violation, count(*) FROM (
          SELECT unnest(violations) AS violation FROM quarantine WHERE _feed = ?)
        GROUP BY ALL ORDER BY count(*) DESC, violation
        """,
        feed);
  }

  /** The windows that are held, of all feeds. */
  public List<HeldWindow> held() {
    return new HeldWindows(database).of(Optional.empty());
  }

  /** The windows of a feed that are held. */
  public List<HeldWindow> held(String feed) {
    return new HeldWindows(database).of(Optional.of(feed));
  }

  /**
   * The rows in a feed's quarantine, and then those that were kept of its held windows, as JSON
   * objects; at most so many.
   */
  public List<BrokenRow> broken(String feed, int most) {
    requireKnown(feed);
    return database.rows(
        StoreReader::brokenRow,
        QUARANTINED + " UNION ALL " + KEPT_OF_HELD + " LIMIT ?",
        BrokenRow.SEPARATOR,
        feed,
        BrokenRow.SEPARATOR,
        feed,
        most);
  }

  /**
   * Gives all of these rows to {@code taker}, one after the other, those of one window at a time.
   *
   * @throws ConfigException if the store has no such feed
   */
  public void eachBroken(String feed, Consumer<BrokenRow> taker) {
    requireKnown(feed);
    List<Long> windows =
        database.rows(
            row -> row.getLong(1),
            "SELECT DISTINCT _window FROM quarantine WHERE _feed = ? ORDER BY _window",
            feed);
    for (long window : windows) {
      database.each(
          StoreReader::brokenRow,
          taker,
          QUARANTINED + " AND _window = ?",
          BrokenRow.SEPARATOR,
          feed,
          window);
    }
    database.each(StoreReader::brokenRow, taker, KEPT_OF_HELD, BrokenRow.SEPARATOR, feed);
  }

  private static BrokenRow brokenRow(ResultSet row) throws SQLException {
    return new BrokenRow(
        Optional.ofNullable(row.getObject(1, Long.class)),
        Optional.ofNullable(row.getObject(2, Long.class)),
        Optional.ofNullable(row.getString(3)),
        List.of(row.getString(4).split(BrokenRow.SEPARATOR, -1)),
        row.getString(5));
  }

  /** The windows of a feed whose rows in the store are not what their receipts say. */
  public Set<Long> unbalanced(String feed) {
    return new Histories(database)
        .current(feed)
        .filter(history -> new LandingTable(database, history).exists())
        .map(history -> Receipts.unbalanced(database, history))
        .orElse(Set.of());
  }

  /** What has left of each window's rows, of all feeds and former loadings, the earliest first. */
  public Map<Long, List<Displaced>> displaced() {
    return Receipts.displaced(database);
  }

  /** The seal of each window's receipt, of all feeds and former loadings. */
  public Map<Long, String> seals() {
    return Seals.all(database);
  }

  /** The windows, of all feeds and former loadings, whose receipts were changed since. */
  public Set<Long> altered() {
    return Seals.broken(database).altered();
  }

  /** The windows, of all feeds and former loadings, whose receipts are gone. */
  public Set<Long> missing() {
    return Seals.broken(database).missing();
  }

  /**
   * Reads every value of the store, looks at its layout, and verifies every receipt of every feed
   * again. Takes as long as reading the whole file. Of a store that another process answers for, it
   * reads what that process has in memory, and so proves less.
   *
   * @throws StoreException if the store cannot even be asked what it holds
   */
  public Verification verify() {
    return new Inspection(file, database).verify();
  }

  /**
   * Runs one query.
   *
   * @throws ConfigException if it is not SQL that reads, or names what is not there
   * @throws StoreException if who holds the store does not answer any more
   */
  public void query(String sql, RowSink sink) {
    try (PreparedStatement statement = database.prepare(sql);
        ResultSet result = statement.executeQuery()) {
      List<String> names = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      for (int i = 1; i <= columns; i++) {
        names.add(result.getMetaData().getColumnLabel(i));
      }
      sink.columns(names);
      while (result.next()) {
        List<@Nullable Object> values = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
          values.add(Values.plain(result.getObject(i)));
        }
        sink.row(values);
      }
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains(StoreHolder.SILENT)) {
        throw Database.failure(file, e);
      }
      throw new ConfigException(
          "The query failed: " + e.getMessage(),
          "The store answers one SELECT at a time, in DuckDB's SQL; SHOW TABLES lists its views.",
          e);
    }
  }

  @Override
  public void close() {
    try {
      database.close();
    } finally {
      lock.ifPresent(StoreLock::close);
    }
  }

  private FeedStatus status(ResultSet row) throws SQLException {
    String feed = row.getString(1);
    boolean landed = row.getLong(10) > 0;
    Optional<History> history = new Histories(database).current(feed);
    Optional<FeedLinks> links = history.filter(_ -> landed).map(h -> new FeedLinks(database, h));
    Optional<CursorScale> scale =
        landed
            ? Optional.of(new CursorScale(row.getLong(5), ZoneId.of(row.getString(6))))
            : Optional.empty();
    return new FeedStatus(
        feed,
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Optional.ofNullable(row.getString(11)).map(way -> Way.valueOf(way).label()),
        Optional.ofNullable(row.getString(12)),
        Optional.ofNullable(row.getObject(13, Long.class)),
        scale.flatMap(s -> history.flatMap(h -> watermark(h, s))),
        landed ? Optional.of(Receipts.instant(row, 8)) : Optional.<Instant>empty(),
        landed ? Optional.of(Receipts.instant(row, 9)) : Optional.<Instant>empty(),
        history.flatMap(this::lateness),
        landed ? count(history, "_violations IS NULL") : 0,
        landed ? count(history, "len(_violations) > 0") : 0,
        history.map(this::gone).orElse(0L),
        row.getLong(10),
        landed ? unbalanced(feed).size() : 0,
        links.flatMap(FeedLinks::accounts),
        links.flatMap(FeedLinks::authors),
        links.flatMap(FeedLinks::conversations));
  }

  private Optional<Duration> lateness(History history) {
    return database.first(
        row -> Duration.of(row.getLong(1), ChronoUnit.MICROS),
        """
        SELECT late_micros FROM birdie.receipt WHERE history = ? AND late_rows > 0
          AND horizon > (SELECT max(horizon) FROM birdie.receipt) - INTERVAL 30 DAY
        ORDER BY late_micros DESC LIMIT 1
        """,
        history.id());
  }

  private long gone(History history) {
    return database.number(
        "SELECT count(*) FROM birdie.difference WHERE history = ? AND row_count < 0", history.id());
  }

  private Optional<String> watermark(History history, CursorScale scale) {
    var position = new Histories(database).coverage(history).watermark();
    return position.isPresent()
        ? Optional.of(scale.format(position.getAsLong()))
        : Optional.empty();
  }

  private long count(Optional<History> history, String condition) {
    return history
        .map(h -> database.number("SELECT count(*) FROM " + h.landing() + " WHERE " + condition))
        .orElse(0L);
  }
}
