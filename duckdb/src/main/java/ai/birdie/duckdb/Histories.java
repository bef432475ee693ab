package ai.birdie.duckdb;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Way;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Reading;
import ai.birdie.core.window.TableVersion;
import ai.birdie.duckdb.History.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which histories there are, and what each covers. Works in the caller's transaction. */
final class Histories {

  private static final String COLUMNS =
      "SELECT id, feed, kind, fingerprint, state FROM birdie.history ";

  private final Database database;

  Histories(Database database) {
    this.database = database;
  }

  /** The history that a run of {@code feed} goes on with; begins one where there is none. */
  History open(Feed feed) {
    return find(feed).orElseGet(() -> begin(feed));
  }

  /** The history that a run of {@code feed} goes on with, if there is one. */
  Optional<History> find(Feed feed) {
    refuseRival(feed);
    Optional<History> newest = newest(feed.name()).filter(history -> fits(history, feed));
    if (newest.isPresent()) {
      return newest;
    }
    Optional<History> current = current(feed.name()).filter(history -> fits(history, feed));
    current.ifPresent(history -> giveUpLoading(feed)); // the feed is again what it was
    return current;
  }

  private static boolean fits(History history, Feed feed) {
    return history.fingerprint().equals(feed.fingerprint());
  }

  private void giveUpLoading(Feed feed) {
    all(feed.name()).stream().filter(h -> h.state() == State.LOADING).forEach(this::drop);
  }

  /**
   * Begins a history beside the current one, or as the current one where there is none. A loading
   * that was not completed is given up.
   */
  History begin(Feed feed) {
    refuseRival(feed);
    giveUpLoading(feed);
    State state = current(feed.name()).isPresent() ? State.LOADING : State.CURRENT;
    long id = database.number("SELECT coalesce(max(id), 0) + 1 FROM birdie.history_ids");
    database.execute("INSERT INTO birdie.history_ids VALUES (?)", id);
    database.execute(
        "INSERT INTO birdie.history (id, feed, workspace, source_table, kind, fingerprint, state)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        id,
        feed.name(),
        feed.workspace(),
        folded(feed),
        feed.kind().id(),
        feed.fingerprint(),
        state.name());
    return new History(id, feed.name(), feed.kind().id(), feed.fingerprint(), state);
  }

  /** Lets {@code history} take the place of the feed's current one, which is dropped. */
  void promote(History history) {
    current(history.feed()).ifPresent(this::drop);
    database.execute(
        "UPDATE birdie.history SET state = ? WHERE id = ?", State.CURRENT.name(), history.id());
  }

  Optional<History> current(String feed) {
    return all(feed).stream().filter(history -> history.state() == State.CURRENT).findFirst();
  }

  /** All histories, those that are being loaded too. */
  List<History> every() {
    return database.rows(Histories::history, COLUMNS + "ORDER BY id");
  }

  /** The columns by which a history knows its records, in lower case; none before any landed. */
  List<String> key(History history) {
    return database
        .first(
            row -> List.of(row.getString(1).split(", ")),
            "SELECT key_columns FROM birdie.history WHERE id = ? AND key_columns IS NOT NULL",
            history.id())
        .orElse(List.of());
  }

  /** The current histories, by feed. */
  List<History> current() {
    return database.rows(
        Histories::history, COLUMNS + "WHERE state = ? ORDER BY feed", State.CURRENT.name());
  }

  /** The current histories of a kind, by feed. */
  List<History> currentOfKind(String kind) {
    return database.rows(
        Histories::history,
        COLUMNS + "WHERE kind = ? AND state = ? ORDER BY feed",
        kind,
        State.CURRENT.name());
  }

  Coverage coverage(History history) {
    return new Coverage(
        database.rows(
            row -> new Interval(row.getLong(1), row.getLong(2)),
            "SELECT from_position, to_position FROM birdie.coverage WHERE history = ?",
            history.id()),
        version(history),
        database.first(
            row -> Way.valueOf(row.getString(1)),
            "SELECT way FROM birdie.history WHERE id = ? AND way IS NOT NULL",
            history.id()),
        database.first(
            row -> new CursorScale(row.getLong(1), ZoneId.of(row.getString(2))),
            "SELECT unit_micros, zone FROM birdie.history WHERE id = ? AND zone IS NOT NULL",
            history.id()),
        database.first(
            row -> Receipts.instant(row, 1),
            "SELECT compared FROM birdie.history WHERE id = ? AND compared IS NOT NULL",
            history.id()));
  }

  /** Notes that what had its turn by {@code clock}, the source's, has been compared. */
  void keepCompared(History history, Instant clock) {
    database.execute(
        "UPDATE birdie.history SET compared = ? WHERE id = ?", Receipts.utc(clock), history.id());
  }

  /** The version whose rows the history holds, all of them and no others. */
  Optional<TableVersion> version(History history) {
    return database.first(
        row -> new TableVersion(row.getLong(1), Receipts.instant(row, 2)),
        "SELECT version, version_committed FROM birdie.history WHERE id = ? AND version IS NOT NULL",
        history.id());
  }

  /** Notes which version's rows the history holds, and how they were read last. */
  void keepVersion(History history, Optional<TableVersion> version, Reading reading) {
    database.execute(
        "UPDATE birdie.history SET version = nullif(?, -1), version_committed = ?,"
            + " reason = if(? = '' AND way = ?, reason, ?), way = ? WHERE id = ?",
        version.map(TableVersion::number).orElse(-1L),
        Receipts.utc(version.map(TableVersion::committed).orElse(Instant.EPOCH)),
        reading.reason(), // which is not looked for again while the way stays
        reading.way().name(),
        reading.reason(),
        reading.way().name(),
        history.id());
  }

  /**
   * Why a reading is no stronger one; what was found is not looked for again while the way stays.
   */
  Optional<String> reason(History history, Reading reading) {
    Optional<String> found = Optional.of(reading.reason()).filter(reason -> !reason.isEmpty());
    return found.or(() ->
        database.first(
            row -> row.getString(1),
            "SELECT reason FROM birdie.history WHERE id = ? AND way = ? AND reason <> ''",
            history.id(),
            reading.way().name()));
  }

  void cover(History history, Interval interval) {
    Coverage coverage = coverage(history).plus(interval);
    database.execute("DELETE FROM birdie.coverage WHERE history = ?", history.id());
    for (Interval covered : coverage.intervals()) {
      database.execute(
          "INSERT INTO birdie.coverage VALUES (?, ?, ?)",
          history.id(),
          covered.from(),
          covered.to());
    }
  }

  /**
   * Notes by which columns a history knows its records.
   *
   * @throws ConfigException if it has known them by others
   */
  void keepKey(History history, List<String> columns) {
    String key = String.join(", ", columns).toLowerCase(Locale.ROOT);
    String known =
        database
            .first(
                row -> row.getString(1),
                "SELECT coalesce(key_columns, '') FROM birdie.history WHERE id = ?",
                history.id())
            .orElse("");
    if (!known.isEmpty() && !known.equals(key)) {
      throw new ConfigException(
          "The records of %s were known by %s when they were loaded, and would be by %s now, because its table has other columns."
              .formatted(history.feed(), known, key),
          "Load the feed anew, beside what is there: birdie ingest --full FILE");
    }
    database.execute("UPDATE birdie.history SET key_columns = ? WHERE id = ?", key, history.id());
  }

  private Optional<History> newest(String feed) {
    return all(feed).stream().reduce((older, newer) -> newer);
  }

  private List<History> all(String feed) {
    return database.rows(Histories::history, COLUMNS + "WHERE feed = ? ORDER BY id", feed);
  }

  private void drop(History history) {
    database.execute("DROP TABLE IF EXISTS " + history.landing());
    new Retained(database, history).drop();
    database.execute("DELETE FROM birdie.coverage WHERE history = ?", history.id());
    database.execute("DELETE FROM birdie.difference WHERE history = ?", history.id());
    database.execute("DELETE FROM birdie.presented WHERE history = ?", history.id());
    database.execute("DELETE FROM birdie.history WHERE id = ?", history.id());
  }

  /** Two feeds that read the same kind of the same table would count every row twice. */
  private void refuseRival(Feed feed) {
    Optional<String> rival =
        database.first(
            row -> row.getString(1),
            "SELECT feed FROM birdie.history WHERE feed <> ?"
                + " AND (lower(feed) = lower(?)"
                + " OR (workspace = ? AND source_table = ? AND kind = ?))",
            feed.name(),
            feed.name(),
            feed.workspace(),
            folded(feed),
            feed.kind().id());
    if (rival.isPresent()) {
      throw new ConfigException(
          "The feed %s reads %s as %s, but this store has the feed %s, which reads the same or has the same name but for case."
              .formatted(feed.name(), feed.table(), feed.kind().id(), rival.get()),
          "Give the connection the name of that feed by ingestion.name, or use another store with"
              + " --home.");
    }
  }

  /** The table as a workspace tells tables apart: without regard to case. */
  private static String folded(Feed feed) {
    return feed.table().toString().toLowerCase(Locale.ROOT);
  }

  private static History history(ResultSet row) throws SQLException {
    return new History(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        State.valueOf(row.getString(5)));
  }
}
