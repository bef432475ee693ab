package ai.birdie.testkit.simulation;

import ai.birdie.core.window.Slice;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import java.util.Optional;

/** Which rows a window is made of. */
final class WindowRows {

  private WindowRows() {}

  static boolean contain(Window window, FeedbackRow row) {
    return reach(window, row.position()) && belongs(row.id(), window.slice());
  }

  /** Whether a row of that position belongs to the window, or to another slice of it. */
  static boolean reach(Window window, Optional<Long> position) {
    return switch (window) {
      case Window.Range range -> position.filter(range.interval()::contains).isPresent();
      case Window.Bucket bucket -> position.filter(bucket.interval()::contains).isPresent();
      case Window.Future future -> position.filter(p -> p >= future.from()).isPresent();
      case Window.NullCursor none -> position.isEmpty();
      case Window.Whole whole ->
          position.flatMap(p -> whole.from().map(from -> p >= from)).orElse(true);
      case Window.Gone gone -> gone.compared().stream().anyMatch(w -> reach(w, position));
      case Window.Versions versions -> false;
      case Window.Written written -> false;
    };
  }

  /** Whether the window tells of every row that it does not bring that it is gone. */
  static boolean replace(Window window) {
    return window.slice().isWhole()
        && (window instanceof Window.Bucket
            || window instanceof Window.NullCursor
            || window instanceof Window.Future);
  }

  static boolean belongs(Optional<String> key, Slice slice) {
    return Math.floorMod(key.hashCode(), slice.count()) == slice.index();
  }
}
