package ai.birdie.testkit;

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
    long hash = 0xcbf29ce484222325L;
    for (char c : (id + "|" + text + "|" + rating + "|" + position).toCharArray()) {
      hash = (hash ^ c) * 0x100000001b3L;
    }
    return hash;
  }
}
