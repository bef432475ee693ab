package ai.birdie.duckdb;

import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Tally;
import java.util.List;

/**
 * Stored rows that leave because their source has them no longer, each on record of the window that
 * had landed it. Works in the caller's transaction.
 */
final class Departures {

  /** The stored rows that have departed, by row id. */
  static final String ROW_IDS = "SELECT row_id FROM departed";

  private final Database database;
  private final History history;
  private final long number;

  /**
   * @param number the number of the window that tells of them
   */
  Departures(Database database, History history, long number) {
    this.database = database;
    this.history = history;
    this.number = number;
  }

  /**
   * Finds them.
   *
   * @param select their row_id, _row_hash, _window, and soundness
   */
  void find(String select, Object... parameters) {
    database.execute("CREATE OR REPLACE TEMP TABLE departed AS " + select, parameters);
  }

  /** Lets those leave that are still there; what became of them. */
  List<Tally> leave() {
    database.execute(
        "DELETE FROM departed WHERE row_id NOT IN (SELECT rowid FROM %s)"
            .formatted(history.landing()));
    if (database.number("SELECT count(*) FROM departed") == 0) {
      return List.of();
    }
    database.execute(
        """
        INSERT INTO birdie.displaced
        SELECT _window, ?, count(*), sum(_row_hash::HUGEINT) FROM departed GROUP BY _window
        """,
        number);
    database.execute("DELETE FROM %s WHERE rowid IN (%s)".formatted(history.landing(), ROW_IDS));
    return database.rows(
        Merge::tally,
        "SELECT ?, soundness, count(*), -sum(_row_hash::HUGEINT) FROM departed GROUP BY soundness",
        Disposition.DELETED.name());
  }
}
