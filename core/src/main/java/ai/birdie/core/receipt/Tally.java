package ai.birdie.core.receipt;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Collection;

/**
 * How many rows of a window met one end, and the exact sum of their 64-bit row hashes.
 *
 * @param soundness whether these rows satisfy the contract
 */
public record Tally(Disposition disposition, Soundness soundness, long rows, BigInteger hashSum) {

  /** The rows of all {@code tallies}. */
  public static Total total(Collection<Tally> tallies) {
    return tallies.stream()
        .map(tally -> new Total(tally.rows(), tally.hashSum()))
        .reduce(Total.NONE, Total::plus);
  }

  /** Whether rows satisfy their contract. */
  public enum Soundness {
    SOUND,
    QUARANTINED
  }

  public Tally {
    requireNonNull(disposition);
    requireNonNull(soundness);
    requireNonNull(hashSum);
    if (rows < 0) {
      throw new IllegalArgumentException("A count of rows is not negative");
    }
  }
}
