package ai.birdie.core.window;

import ai.birdie.core.feed.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ranges of the cursor that are durable: what was read and landed, in whatever order.
 * Immutable; its intervals are sorted and neither overlap nor touch.
 *
 * @param version the version of the table whose rows the store holds, all of them and no others;
 *     empty where it is not known to hold those of any
 * @param way in which the last window was read; empty before the first
 * @param scale by which its positions are measured; empty before the first window
 * @param compared the source's clock when a run last compared what had its turn; empty before one
 *     has read all there was
 */
public record Coverage(
    List<Interval> intervals,
    Optional<TableVersion> version,
    Optional<Way> way,
    Optional<CursorScale> scale,
    Optional<Instant> compared) {

  private static final Coverage NONE = new Coverage(List.of());

  public Coverage {
    intervals = merged(intervals);
  }

  /** Coverage of which no version is known. */
  public Coverage(List<Interval> intervals) {
    this(intervals, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Nothing is covered. */
  public static Coverage none() {
    return NONE;
  }

  /** This coverage and {@code interval}. */
  public Coverage plus(Interval interval) {
    List<Interval> all = new ArrayList<>(intervals);
    all.add(interval);
    return new Coverage(all, version, way, scale, compared);
  }

  /** This coverage, without the way in which it was read: the strongest is looked for again. */
  public Coverage anyWay() {
    return new Coverage(intervals, version, Optional.empty(), scale, compared);
  }

  /** What of {@code wanted} is not covered, in order. */
  public List<Interval> gaps(Interval wanted) {
    List<Interval> gaps = new ArrayList<>();
    long from = wanted.from();
    for (Interval covered : intervals) {
      if (covered.from() >= wanted.to()) {
        break;
      }
      if (covered.from() > from) {
        gaps.add(new Interval(from, covered.from()));
      }
      from = Math.max(from, covered.to());
    }
    if (from < wanted.to()) {
      gaps.add(new Interval(from, wanted.to()));
    }
    return gaps;
  }

  /**
   * The watermark: the end of the gapless coverage from its smallest position on. Empty while
   * nothing is covered.
   */
  public OptionalLong watermark() {
    return intervals.isEmpty() ? OptionalLong.empty() : OptionalLong.of(intervals.get(0).to());
  }

  /** The end of the last interval, beyond which nothing was ever read. */
  public OptionalLong frontier() {
    return intervals.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(intervals.get(intervals.size() - 1).to());
  }

  private static List<Interval> merged(Collection<Interval> intervals) {
    List<Interval> merged = new ArrayList<>();
    for (Interval next : intervals.stream().sorted().toList()) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).touches(next)) {
        merged.set(last, merged.get(last).hull(next));
      } else {
        merged.add(next);
      }
    }
    return List.copyOf(merged);
  }
}
