package ai.birdie.duckdb;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What lets no receipt be changed, added, or taken away unnoticed. Each has a seal: SHA-256 over
 * the seal of the one before it and over all that it says, with its tallies and with what its
 * window displaced. The store keeps the last window's number and seal besides, so that the end of
 * the chain cannot be cut off either.
 *
 * <p>Whoever works out the seals anew can still forge them all: there is no secret in it. A copy of
 * the last seal kept elsewhere would tell.
 */
final class Seals {

  /** What stands in for the seal before the first. */
  private static final String NONE = "0".repeat(64);

  /** Of each receipt the digest of all that it says; a column that is added is in it too. */
  private static final String SAID =
      """
      SELECT r.window_id, sha256(to_json([
        to_json(r),
        (SELECT to_json(list(d ORDER BY d)) FROM birdie.disposition d
          WHERE d.window_id = r.window_id),
        (SELECT to_json(list(d ORDER BY d)) FROM birdie.displaced d
          WHERE d.by_window = r.window_id)])::VARCHAR) AS digest
      FROM birdie.receipt r
      """;

  private static final String LAST =
      "SELECT coalesce(last_window, 0), coalesce(last_seal, '%s') FROM birdie.store"
          .formatted(NONE);

  private Seals() {}

  /** The windows whose receipts are not what they were when they were sealed, or are gone. */
  record Broken(SortedSet<Long> altered, SortedSet<Long> missing) {}

  /** Seals a window's receipt, of which everything is written; in the same transaction. */
  static void seal(Database database, long window) {
    String previous = database.first(row -> row.getString(2), LAST).orElse(NONE);
    String seal =
        database
            .first(
                row -> row.getString(1),
                "SELECT sha256(? || digest) FROM (%s WHERE r.window_id = ?)".formatted(SAID),
                previous,
                window)
            .orElseThrow();
    database.execute("INSERT INTO birdie.seal VALUES (?, ?)", window, seal);
    database.execute("UPDATE birdie.store SET last_window = ?, last_seal = ?", window, seal);
  }

  /** Each window's seal. */
  static Map<Long, String> all(Database database) {
    return database
        .rows(
            row -> Map.entry(row.getLong(1), row.getString(2)),
            "SELECT window_id, seal FROM birdie.seal")
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Holds every receipt of every history against its seal. */
  static Broken broken(Database database) {
    return new Broken(altered(database), missing(database));
  }

  /** A receipt after one that is missing is not held against it: it may be as it was. */
  private static SortedSet<Long> altered(Database database) {
    return new TreeSet<>(
        database.rows(
            row -> row.getLong(1),
            """
            WITH chain AS (
              SELECT window_id, seal, lag(seal, 1, '%s') OVER ahead AS previous,
                window_id - lag(window_id, 1, 0) OVER ahead AS step
              FROM birdie.seal WINDOW ahead AS (ORDER BY window_id)),
            said AS (%s)
            SELECT window_id FROM said LEFT JOIN chain USING (window_id)
            WHERE seal IS NULL OR (step = 1 AND seal <> sha256(previous || digest))
            UNION
            SELECT window_id FROM birdie.seal JOIN birdie.store ON window_id >= last_window
            WHERE window_id > last_window OR seal <> last_seal
            """
                .formatted(NONE, SAID)));
  }

  private static SortedSet<Long> missing(Database database) {
    return new TreeSet<>(
        database.rows(
            row -> row.getLong(1),
            """
            SELECT window_id
            FROM (SELECT unnest(range(1, coalesce(last_window, 0) + 1)) AS window_id FROM birdie.store)
            ANTI JOIN birdie.receipt USING (window_id)
            """));
  }
}
