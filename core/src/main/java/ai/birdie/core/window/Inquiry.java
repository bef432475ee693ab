package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a probe asks of a source besides its clock.
 *
 * @param due which rows it counts and cuts into parts of about equal size; empty for all of them
 * @param recent of which rows it adds up the hashes; empty while nothing is covered
 * @param settling whether young rows are held back: else rows in the clock's unfinished unit count
 *     as ahead of it
 */
public record Inquiry(Optional<Due> due, Optional<Recent> recent, boolean settling) {

  /** Rows at or after {@code from}, and those before {@code before}. */
  public record Due(long from, long before) {}

  /**
   * Rows without a cursor, rows ahead of the clock, and those of some intervals.
   *
   * @param intervals what is covered, and may have changed since; in order
   * @param frontier from where on, up to what is settled, nothing was ever read
   * @param settleMicros how far behind the clock that is
   */
  public record Recent(List<Interval> intervals, long frontier, long settleMicros) {

    public Recent {
      intervals = List.copyOf(intervals);
    }

    /** The smallest position of them all. */
    public long from() {
      return intervals.stream().mapToLong(Interval::from).reduce(frontier, Math::min);
    }
  }

  public Inquiry {
    requireNonNull(due);
    requireNonNull(recent);
  }
}
