package ai.birdie.core.window;

import java.util.ArrayList;
import java.util.List;

/** Positions from {@code from} on, up to but without {@code to}; never empty. */
public record Interval(long from, long to) implements Comparable<Interval> {

  public Interval {
    if (from >= to) {
      throw new IllegalArgumentException("Nothing lies in [" + from + ", " + to + ")");
    }
  }

  /** Whether a position lies in it. */
  public boolean contains(long position) {
    return position >= from && position < to;
  }

  /** Whether the two share a position or lie against each other without a gap. */
  boolean touches(Interval other) {
    return from <= other.to && other.from <= to;
  }

  /** This interval in at most so many of about equal length, cut at multiples of {@code unit}. */
  List<Interval> in(int parts, long unit) {
    long width = Math.max(1, -Math.floorDiv(from - to, parts * unit)) * unit;
    List<Interval> intervals = new ArrayList<>();
    for (long at = from; at < to; at += width) {
      intervals.add(new Interval(at, Math.min(to, at + width)));
    }
    return intervals;
  }

  /** The bounds as people read them. */
  String describe(CursorScale scale) {
    return "[" + scale.format(from) + ", " + scale.format(to) + ")";
  }

  /** The smallest interval that holds both. */
  public Interval hull(Interval other) {
    return new Interval(Math.min(from, other.from), Math.max(to, other.to));
  }

  @Override
  public int compareTo(Interval other) {
    return from == other.from ? Long.compare(to, other.to) : Long.compare(from, other.from);
  }
}
