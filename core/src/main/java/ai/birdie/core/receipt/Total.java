package ai.birdie.core.receipt;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;

/**
 * How many rows there are, and the exact sum of their 64-bit row hashes. Two sets of rows with one
 * total are taken for the same set: a sum, unlike an XOR, does not let a pair of rows cancel out.
 */
public record Total(long rows, BigInteger hashSum) {

  /** No rows. */
  public static final Total NONE = new Total(0, BigInteger.ZERO);

  public Total {
    requireNonNull(hashSum);
  }

  /** The rows of this one that are not the other's. */
  public Total minus(Total other) {
    return new Total(Math.subtractExact(rows, other.rows), hashSum.subtract(other.hashSum));
  }

  /** The rows of both. */
  public Total plus(Total other) {
    return new Total(Math.addExact(rows, other.rows), hashSum.add(other.hashSum));
  }
}
