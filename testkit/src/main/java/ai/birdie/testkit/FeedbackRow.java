package ai.birdie.testkit;

import ai.birdie.core.receipt.Total;
import java.util.Collection;
import java.util.Optional;

/**
 * A row of the test source.
 *
 * @param id its key; empty for a row that breaks the contract
 * @param position its cursor, in microseconds
 */
public record FeedbackRow(Optional<String> id, String text, int rating, Optional<Long> position) {

  /** A row with a key and a cursor. */
  public static FeedbackRow of(String id, String text, int rating, long position) {
    return new FeedbackRow(Optional.of(id), text, rating, Optional.of(position));
  }

  /** A row without a key. */
  public static FeedbackRow keyless(String text, long position) {
    return new FeedbackRow(Optional.empty(), text, 3, Optional.of(position));
  }

  /** 64 bits that differ where any column differs. */
  public long hash() {
    long hash = id.map(key -> mixed(1, key)).orElse(0L);
    hash = mixed(hash, text);
    hash = mixed(hash, rating);
    return position.isPresent() ? mixed(hash, position.get()) : hash;
  }

  private static long mixed(long hash, String text) {
    long mixed = mixed(hash, text.length());
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mixed;
  }

  /** One round of a multiplication and a shift, by which every bit reaches every other. */
  private static long mixed(long hash, long value) {
    long mixed = (hash ^ value) * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 32);
  }

  /** The total of some rows. */
  public static Total total(Collection<FeedbackRow> rows) {
    RunningTotal total = new RunningTotal();
    rows.forEach(row -> total.add(row.hash()));
    return total.total();
  }
}
