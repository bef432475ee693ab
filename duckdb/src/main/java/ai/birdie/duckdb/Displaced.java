package ai.birdie.duckdb;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;

/**
 * Rows that a window had landed and that have left since, for newer versions or because the source
 * has them no longer.
 *
 * @param byWindow the later window that replaced or deleted them
 * @param rows how many they were
 * @param hashSum of their hashes
 */
public record Displaced(long byWindow, long rows, BigInteger hashSum) {

  public Displaced {
    requireNonNull(hashSum);
  }
}
