package ai.birdie.duckdb;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Interval;
import ai.birdie.duckdb.History.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
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
    refuseRival(feed);
    return newest(feed.name())
        .filter(history -> history.fingerprint().equals(feed.fingerprint()))
        .orElseGet(() -> begin(feed));
  }

  /**
   * Begins a history beside the current one, or as the current one where there is none. A loading
   * that was not completed is given up.
   */
  History begin(Feed feed) {
    all(feed.name()).stream().filter(h -> h.state() == State.LOADING).forEach(this::drop);
    State state = current(feed.name()).isPresent() ? State.LOADING : State.CURRENT;
    long id = database.number("SELECT coalesce(max(id), 0) + 1 FROM birdie.history_ids");
    database.execute("INSERT INTO birdie.history_ids VALUES (?)", id);
    database.execute(
        "INSERT INTO birdie.history (id, feed, workspace, source_table, kind, fingerprint, state)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        id,
        feed.name(),
        feed.workspace(),
        feed.table().toString(),
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
            history.id()));
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

  private Optional<History> newest(String feed) {
    return all(feed).stream().reduce((older, newer) -> newer);
  }

  private List<History> all(String feed) {
    return database.rows(Histories::history, COLUMNS + "WHERE feed = ? ORDER BY id", feed);
  }

  private void drop(History history) {
    database.execute("DROP TABLE IF EXISTS " + history.landing());
    database.execute("DELETE FROM birdie.coverage WHERE history = ?", history.id());
    database.execute("DELETE FROM birdie.history WHERE id = ?", history.id());
  }

  /** Two feeds that read the same kind of the same table would count every row twice. */
  private void refuseRival(Feed feed) {
    database
        .first(
            row -> row.getString(1),
            "SELECT feed FROM birdie.history"
                + " WHERE workspace = ? AND source_table = ? AND kind = ? AND feed <> ?",
            feed.workspace(),
            feed.table().toString(),
            feed.kind().id(),
            feed.name())
        .ifPresent(rival -> {
          throw new ConfigException(
              "The feed "
                  + feed.name()
                  + " reads "
                  + feed.table()
                  + " as "
                  + feed.kind().id()
                  + ", which the feed "
                  + rival
                  + " of this store reads already.",
              "Set ingestion.name to "
                  + rival
                  + " in the connection file, or use another"
                  + " store with --home.");
        });
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
