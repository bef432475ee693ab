package ai.birdie.duckdb;

import ai.birdie.core.feed.Way;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Missed;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Horizon;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The receipts as rows of the store. */
final class Receipts {

  private Receipts() {}

  /** The number of the next window. */
  static long nextWindow(Database database) {
    return database.number("SELECT coalesce(max(window_id), 0) + 1 FROM birdie.receipt");
  }

  static void write(Database database, Receipt receipt, History history, Horizon horizon) {
    Proof proof = receipt.proof();
    ControlTotal asked = receipt.control().asked();
    database.execute(
        "INSERT INTO birdie.receipt VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, -1), ?, ?, ?, ?, ?, ?, ?::HUGEINT, ?, ?, ?, ?, ?, ?)",
        receipt.window(),
        history.id(),
        receipt.feed(),
        receipt.sort(),
        receipt.bounds(),
        utc(receipt.horizon()),
        horizon.position(),
        receipt.way().name(),
        receipt.reason().orElse(""),
        receipt.version().orElse(-1L),
        proof.statementId(),
        proof.rows(),
        proof.bytes(),
        proof.chunks(),
        asked.statementId(),
        asked.total().rows(),
        asked.total().hashSum().toString(),
        receipt.control().standing().name(),
        utc(receipt.committedAt()),
        receipt.missed().late(),
        receipt.missed().latest().toNanos() / 1_000,
        receipt.missed().beyond(),
        receipt.missed().unmoved());
    for (Tally tally : receipt.tallies()) {
      database.execute(
          "INSERT INTO birdie.disposition VALUES (?, ?, ?, ?, ?::HUGEINT)",
          receipt.window(),
          tally.disposition().name(),
          tally.soundness().name(),
          tally.rows(),
          tally.hashSum().toString());
    }
    Seals.seal(database, receipt.window());
    database.execute(
        "UPDATE birdie.history SET unit_micros = ?, zone = ? WHERE id = ?",
        horizon.scale().unitMicros(),
        horizon.scale().zone().getId(),
        history.id());
  }

  /** The receipts of a feed's current history, oldest first. */
  static List<Receipt> of(Database database, String feed) {
    return database.rows(
        row -> receipt(database, row),
        """
        SELECT window_id, feed, sort, bounds, horizon, way, version, statement_id, source_rows, bytes, chunks,
          control_statement_id, control_rows, control_hash_sum, standing, committed_at,
          late_rows, late_micros, beyond_rows, unmoved_rows, reason
        FROM birdie.receipt r WHERE feed = ? AND EXISTS (
          FROM birdie.history h WHERE h.id = r.history AND h.state = 'CURRENT')
        ORDER BY window_id
        """,
        feed);
  }

  /**
   * The windows whose landed rows, less those that later windows displaced, are not the rows that
   * the landing table holds of them, by count or by sum of hashes.
   */
  static Set<Long> unbalanced(Database database, History history) {
    return new TreeSet<>(
        database.rows(
            row -> row.getLong(1),
            """
            WITH landed AS (
              SELECT window_id, sum(row_count) AS row_count, sum(hash_sum) AS hash_sum
              FROM birdie.disposition JOIN birdie.receipt USING (window_id)
              WHERE history = ? AND disposition IN ('NEW', 'CHANGED', 'SUPPRESSED') GROUP BY window_id),
            displaced AS (
              SELECT window_id, sum(row_count) AS row_count, sum(hash_sum) AS hash_sum
              FROM birdie.displaced GROUP BY window_id),
            held AS (
              SELECT _window AS window_id, count(*) AS row_count, sum(_row_hash::HUGEINT) AS hash_sum
              FROM %s GROUP BY _window)
            SELECT window_id
            FROM landed FULL JOIN held USING (window_id) LEFT JOIN displaced USING (window_id)
            WHERE coalesce(landed.row_count, 0) - coalesce(displaced.row_count, 0)
                <> coalesce(held.row_count, 0)
              OR coalesce(landed.hash_sum, 0) - coalesce(displaced.hash_sum, 0)
                <> coalesce(held.hash_sum, 0)
            """
                .formatted(history.landing()),
            history.id()));
  }

  /** What has left of each window's rows. */
  static Map<Long, List<Displaced>> displaced(Database database) {
    Map<Long, List<Displaced>> displaced = new HashMap<>();
    database.each(
        row ->
            displaced
                .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                .add(new Displaced(row.getLong(2), row.getLong(3), wide(row, 4))),
        added -> {},
        """
        SELECT window_id, by_window, sum(row_count)::BIGINT, sum(hash_sum)
        FROM birdie.displaced GROUP BY ALL ORDER BY ALL
        """);
    return displaced;
  }

  private static Receipt receipt(Database database, ResultSet row) throws SQLException {
    long window = row.getLong(1);
    return new Receipt(
        window,
        row.getString(2),
        row.getString(3),
        row.getString(4),
        instant(row, 5),
        Way.valueOf(row.getString(6)),
        Optional.ofNullable(row.getString(21)),
        Optional.ofNullable(row.getObject(7, Long.class)),
        new Proof(row.getString(8), row.getLong(9), row.getLong(10), row.getInt(11)),
        new Control(
            new ControlTotal(row.getString(12), new Total(row.getLong(13), wide(row, 14))),
            Control.Standing.valueOf(row.getString(15))),
        tallies(database, window),
        new Missed(
            row.getLong(17),
            Duration.of(row.getLong(18), ChronoUnit.MICROS),
            row.getLong(19),
            row.getLong(20)),
        instant(row, 16));
  }

  private static List<Tally> tallies(Database database, long window) {
    return database.rows(
        row ->
            new Tally(
                Disposition.valueOf(row.getString(1)),
                Soundness.valueOf(row.getString(2)),
                row.getLong(3),
                wide(row, 4)),
        """
        SELECT disposition, soundness, row_count, hash_sum
        FROM birdie.disposition WHERE window_id = ? ORDER BY ALL
        """,
        window);
  }

  /** A HUGEINT. */
  static BigInteger wide(ResultSet row, int column) throws SQLException {
    return (BigInteger) row.getObject(column);
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
