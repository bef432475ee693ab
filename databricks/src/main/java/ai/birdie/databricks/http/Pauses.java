package ai.birdie.databricks.http;

import ai.birdie.databricks.error.DatabricksErrors;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Every wait of a run: between polls, and between a failed request and its repetition, for which
 * there is one budget a run. Safe for use by many threads.
 */
public final class Pauses {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Delay delay;
  private final RandomGenerator random;
  private final long budgetNanos;
  private long spentNanos;

  public Pauses(
      Clock clock, LongSupplier nanoTime, Delay delay, RandomGenerator random, Duration retrying) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.delay = delay;
    this.random = random;
    this.budgetNanos = retrying.toNanos();
  }

  /** A point in time that {@link #passed} can be asked about. */
  public long deadline(Duration from) {
    return nanoTime.getAsLong() + from.toNanos();
  }

  /** Whether {@code deadline} has come, however the clock was set meanwhile. */
  public boolean passed(long deadline) {
    return nanoTime.getAsLong() - deadline >= 0;
  }

  /** The time of day. */
  public Clock clock() {
    return clock;
  }

  /**
   * Waits, about as long as asked for.
   *
   * @throws ai.birdie.core.error.SourceException if the thread is interrupted
   */
  public void about(Duration pause) {
    exactly(jittered(pause));
  }

  /**
   * Waits before a request is repeated, unless the run has waited enough already.
   *
   * @param failures how often it has failed, at least once
   * @param asked how long the server asked to wait
   * @return whether the request may be repeated
   * @throws ai.birdie.core.error.SourceException if the thread is interrupted
   */
  public boolean beforeRetry(int failures, Optional<Duration> asked) {
    Duration backOff = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
    Duration wait = jittered(backOff.compareTo(LONGEST) > 0 ? LONGEST : backOff);
    if (asked.isPresent()) {
      wait =
          asked.get().plus(jittered(FIRST)); // those who were all turned away do not return as one
    }
    if (!spend(wait)) {
      return false;
    }
    exactly(wait);
    return true;
  }

  private synchronized boolean spend(Duration wait) {
    if (spentNanos + wait.toNanos() > budgetNanos) {
      return false;
    }
    spentNanos += wait.toNanos();
    return true;
  }

  private synchronized Duration jittered(Duration pause) {
    return Duration.ofNanos((long) (pause.toNanos() * random.nextDouble(0.5, 1.0)));
  }

  private void exactly(Duration pause) {
    try {
      delay.pause(pause);
    } catch (InterruptedException e) {
      throw DatabricksErrors.interrupted(e);
    }
  }
}
