package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Total;
import java.math.BigInteger;

/**
 * A row as a window brought it.
 *
 * @param copies 1 where it came, or was there; -1 where it went
 */
record StoredChange(StoredRow row, int copies) {

  /** The total of this event alone. */
  Total total() {
    BigInteger hash = BigInteger.valueOf(row.hash());
    return new Total(1, hash.multiply(BigInteger.valueOf(copies)));
  }

  /** By what a set of rows differs after it. */
  Total change() {
    return new Total(copies, total().hashSum());
  }
}
