package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.receipt.Total;
import ai.birdie.testkit.FeedbackRow;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A row as the store holds it.
 *
 * @param hash as the source computed it
 * @param window the number of the window that landed it
 * @param read the source's clock at which that window was read
 * @param effectiveCursor one that is missing, or ahead of the source's clock, counts as that
 */
record StoredRow(FeedbackRow row, long hash, long window, Instant read, long effectiveCursor) {

  /**
   * The order of a record's versions: by cursor, then by the horizon at which it was read, then by
   * hash.
   */
  static final Comparator<StoredRow> ORDER =
      Comparator.comparingLong(StoredRow::effectiveCursor)
          .thenComparing(StoredRow::read)
          .thenComparingLong(StoredRow::hash);

  /** What two rows have in common that no one can tell apart, whatever landed them. */
  record Content(Optional<Long> position, long hash) {}

  Content content() {
    return new Content(row.position(), hash);
  }

  /** The total of this row alone. */
  Total total() {
    return new Total(1, BigInteger.valueOf(hash));
  }

  Soundness soundness() {
    return Identities.isKeyed(row) ? Soundness.SOUND : Soundness.QUARANTINED;
  }

  /** A row that a window has brought. */
  static StoredRow of(FeedbackRow row, long hash, long window, Instant read, long position) {
    long cursor = Math.min(row.position().orElse(position), position);
    return new StoredRow(row, hash, window, read, cursor);
  }
}
