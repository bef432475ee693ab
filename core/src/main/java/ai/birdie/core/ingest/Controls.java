package ai.birdie.core.ingest;

import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.Control.Standing;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The control queries of one run: what the source holds of each window, asked before it is read
 * and, where something else was read, once more after.
 */
final class Controls {

  private final Source source;
  private final Feed feed;
  private final Map<Window, ControlTotal> known;

  Controls(Source source, Feed feed, Map<Window, ControlTotal> known) {
    this.source = source;
    this.feed = feed;
    this.known = new HashMap<>(known);
  }

  /** Asks of those windows of which the source has said nothing yet. */
  void ask(List<Window> windows) {
    List<Window> unknown = windows.stream().filter(window -> !known.containsKey(window)).toList();
    if (!unknown.isEmpty()) {
      List<ControlTotal> totals = source.totals(feed, unknown);
      for (int i = 0; i < unknown.size(); i++) {
        known.put(unknown.get(i), totals.get(i));
      }
    }
  }

  /** What the source has said of the window; empty where it was not asked. */
  Optional<ControlTotal> of(Window window) {
    return Optional.ofNullable(known.get(window));
  }

  /**
   * Holds what was read against what the source says, before or after.
   *
   * @throws IncompleteException if neither is what was read, and the window can be read once more
   */
  Control prove(Window window, Total read, boolean lastAttempt) {
    Optional<ControlTotal> before = of(window).filter(asked -> asked.total().equals(read));
    if (before.isPresent()) {
      return new Control(before.get(), Standing.PROVED);
    }
    ControlTotal after = source.totals(feed, List.of(window)).get(0);
    known.put(window, after);
    if (after.total().equals(read)) {
      return new Control(after, Standing.PROVED);
    }
    if (lastAttempt) {
      return new Control(after, Standing.UNPROVED);
    }
    throw IncompleteException.moved(
        "Of the window %s of %s %,d rows were read, and the source held others both before and after: it may be changing."
            .formatted(window.describe(), feed.name(), read.rows()),
        "Nothing of it was landed; it is tried again.");
  }
}
