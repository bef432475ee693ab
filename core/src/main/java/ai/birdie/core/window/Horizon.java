package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Way;
import java.time.Instant;
import java.util.Optional;

/**
 * The source's own clock at which a run reads, and the version of the table where it is pinned. No
 * clock of this machine takes part in planning.
 *
 * @param clock what {@code current_timestamp()} was at the source, to the microsecond
 * @param scale how the feed's cursor is measured
 * @param reading the way in which the run reads
 * @param version the version that every statement of the run reads; empty where none is pinned
 */
public record Horizon(
    Instant clock, CursorScale scale, Reading reading, Optional<TableVersion> version) {

  public Horizon {
    requireNonNull(clock);
    requireNonNull(scale);
    requireNonNull(reading);
    if (version.isPresent() == (reading.way() == Way.CURSOR)) {
      throw new IllegalArgumentException("A version is pinned by every way but the cursor's");
    }
  }

  /** The horizon of a run that reads by the cursor alone. */
  public Horizon(Instant clock, CursorScale scale) {
    this(clock, scale, Reading.BY_CURSOR, Optional.empty());
  }

  /** How far below its clock a run looks again, in microseconds. */
  public long reach(Feed feed) {
    return scale.reach(feed.lag()) + feed.settle().toNanos() / 1_000;
  }

  /** The clock as a position of the cursor, rounded down to its unit. */
  public long position() {
    return scale.floor(clock);
  }

  /** Whether the clock has been at the position already, or has just reached it. */
  public boolean hasShown(long position) {
    return position <= scale.furthest(clock);
  }
}
