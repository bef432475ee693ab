package ai.birdie.testkit;

import ai.birdie.core.receipt.Total;
import java.math.BigInteger;

/** Adds up rows and their hashes, exactly, without making a number for each. */
public final class RunningTotal {

  private static final long LOW = 0xffff_ffffL;

  private long rows;
  private long high;
  private long low;

  /** One more row. */
  public void add(long hash) {
    add(1, hash, 1);
  }

  /** So many rows, and their hash so many times; either may be negative. */
  public void add(long count, long hash, long times) {
    rows += count;
    high += (hash >> 32) * times;
    low += (hash & LOW) * times;
  }

  /** What came to this one after it was {@code earlier}. */
  public RunningTotal since(RunningTotal earlier) {
    RunningTotal since = new RunningTotal();
    since.rows = rows - earlier.rows;
    since.high = high - earlier.high;
    since.low = low - earlier.low;
    return since;
  }

  /** This one as it stands. */
  public RunningTotal copy() {
    return since(new RunningTotal());
  }

  /** What it has come to. */
  public Total total() {
    return new Total(rows, BigInteger.valueOf(high).shiftLeft(32).add(BigInteger.valueOf(low)));
  }
}
