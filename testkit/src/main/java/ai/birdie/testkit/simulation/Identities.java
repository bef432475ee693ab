package ai.birdie.testkit.simulation;

import ai.birdie.testkit.FeedbackRow;
import java.util.HashMap;
import java.util.Map;

/** Tells the records of one set of rows apart. */
class Identities {

  private final Map<Long, Integer> equals = new HashMap<>();

  /** The record of the next row. */
  Identity of(FeedbackRow row) {
    return isKeyed(row) ? new Identity.Keyed(row.id().orElseThrow()) : nth(row.hash());
  }

  /** Whether a row can be told from others by its key: it has one that is not blank. */
  static boolean isKeyed(FeedbackRow row) {
    return row.id().filter(key -> !key.isBlank()).isPresent();
  }

  private Identity nth(long hash) {
    return new Identity.Keyless(hash, equals.merge(hash, 1, Integer::sum));
  }
}
