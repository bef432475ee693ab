package ai.birdie.testkit.simulation;

import ai.birdie.core.window.CursorScale;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A job that writes to the table, with a clock of its own.
 *
 * @param skew by how many microseconds its clock is ahead
 * @param grain to how many microseconds it rounds its stamps down
 */
record Writer(long skew, long grain) {

  private static final long MILLISECOND = 1_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long MINUTE = 60 * SECOND;
  private static final List<Long> GRAINS =
      List.of(1L, MILLISECOND, MILLISECOND, MILLISECOND, SECOND, SECOND, MINUTE);

  static Writer draw(SplittableRandom random) {
    return new Writer(
        random.nextLong(-3 * SECOND, 5 * SECOND / 2), GRAINS.get(random.nextInt(GRAINS.size())));
  }

  /** What it stamps rows with that a statement writes which starts at {@code moment}. */
  long stamp(CursorScale scale, long moment) {
    long read = Math.floorDiv(moment + skew, grain) * grain;
    return scale.floor(Instant.EPOCH.plus(read, ChronoUnit.MICROS));
  }
}
