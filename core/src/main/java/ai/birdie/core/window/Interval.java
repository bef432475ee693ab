package ai.birdie.core.window;

/** Positions from {@code from} on, up to but without {@code to}; never empty. */
public record Interval(long from, long to) implements Comparable<Interval> {

  public Interval {
    if (from >= to) {
      throw new IllegalArgumentException("Nothing lies in [" + from + ", " + to + ")");
    }
  }

  /** Whether the two share a position or lie against each other without a gap. */
  boolean touches(Interval other) {
    return from <= other.to && other.from <= to;
  }

  Interval hull(Interval other) {
    return new Interval(Math.min(from, other.from), Math.max(to, other.to));
  }

  @Override
  public int compareTo(Interval other) {
    return from == other.from ? Long.compare(to, other.to) : Long.compare(from, other.from);
  }
}
