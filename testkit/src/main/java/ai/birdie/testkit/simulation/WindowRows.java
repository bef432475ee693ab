package ai.birdie.testkit.simulation;

import ai.birdie.core.window.Slice;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import java.util.Optional;

/** Which rows a window is made of. */
final class WindowRows {

  private WindowRows() {}

  static boolean contain(Window window, FeedbackRow row) {
    return lies(row.position(), window) && belongs(row.id(), window.slice());
  }

  private static boolean lies(Optional<Long> position, Window window) {
    return switch (window) {
      case Window.Range range ->
          position
              .filter(p -> p >= range.interval().from() && p < range.interval().to())
              .isPresent();
      case Window.Future future -> position.filter(p -> p >= future.from()).isPresent();
      case Window.NullCursor none -> position.isEmpty();
    };
  }

  private static boolean belongs(Optional<String> key, Slice slice) {
    return Math.floorMod(key.hashCode(), slice.count()) == slice.index();
  }
}
