package ai.birdie.duckdb;

import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Slice;
import ai.birdie.core.window.Window;

/** Which rows a window reads, said of a table that has their positions. */
final class Bounds {

  private Bounds() {}

  /** The condition on {@code position}, a column, for the rows of all of a window's slices. */
  static String of(Window window, String position) {
    return switch (window) {
      case Window.Range range -> within(range.interval(), position);
      case Window.Bucket bucket -> within(bucket.interval(), position);
      case Window.Future future -> position + " >= " + future.from();
      case Window.NullCursor none -> position + " IS NULL";
    };
  }

  /**
   * Whether the window says of the store's own rows that they are gone: it reads again, whole, what
   * has been read before.
   */
  static boolean replaces(Window window) {
    return window.slice().equals(Slice.WHOLE) && !(window instanceof Window.Range);
  }

  private static String within(Interval interval, String position) {
    return "(%s >= %d AND %s < %d)".formatted(position, interval.from(), position, interval.to());
  }
}
