package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The source's own clock at which a run reads. No clock of this machine takes part in planning.
 *
 * @param clock what {@code current_timestamp()} was at the source, to the microsecond
 * @param scale how the feed's cursor is measured
 */
public record Horizon(Instant clock, CursorScale scale) {

  public Horizon {
    requireNonNull(clock);
    requireNonNull(scale);
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
