package ai.birdie.duckdb;

import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Slice;
import ai.birdie.core.window.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which rows a window reads, said of a table that has their positions. */
final class Bounds {

  /** Which rows a window of versions brings is known only when it is read. */
  private static final String NONE = "false";

  private Bounds() {}

  /** The condition on {@code position}, a column, for the rows of all of a window's slices. */
  static String of(Window window, String position) {
    return switch (window) {
      case Window.Range range -> within(range.interval(), position);
      case Window.Bucket bucket -> within(bucket.interval(), position);
      case Window.Future future -> position + " >= " + future.from();
      case Window.NullCursor none -> position + " IS NULL";
      case Window.Whole whole -> onwards(whole.from(), position);
      case Window.Gone gone -> any(gone.compared(), position);
      case Window.Versions versions -> NONE;
      case Window.Written written -> NONE;
    };
  }

  /**
   * Whether the window says of the store's own rows that they are gone: it reads again, whole, what
   * has been read before.
   */
  static boolean replaces(Window window) {
    return window.slice().equals(Slice.WHOLE)
        && (window instanceof Window.Bucket
            || window instanceof Window.NullCursor
            || window instanceof Window.Future);
  }

  private static String any(List<Window> windows, String position) {
    List<Interval> bounded = windows.stream().flatMap(w -> w.bounded().stream()).toList();
    Stream<String> intervals =
        new Coverage(bounded).intervals().stream().map(joined -> within(joined, position));
    Stream<String> others =
        windows.stream().filter(w -> w.bounded().isEmpty()).map(w -> of(w, position));
    return Stream.concat(intervals, others).collect(Collectors.joining(" OR ", "(", ")"));
  }

  private static String onwards(Optional<Long> from, String position) {
    return from.map(start -> "(%s >= %s OR %s IS NULL)".formatted(position, start, position))
        .orElse("true");
  }

  static String within(Interval interval, String position) {
    return "(%s >= %s AND %s < %s)".formatted(position, interval.from(), position, interval.to());
  }
}
