package ai.birdie.core.window;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Total;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans the windows that bring a store from one version of a table to another. */
final class Followed {

  private final Feed feed;
  private final Probe probe;
  private final Horizon horizon;
  private final TableVersion now;
  private final Optional<Long> from;
  private final Optional<Interval> extent;
  private final Map<Window, ControlTotal> known = new LinkedHashMap<>();

  private Followed(Feed feed, Coverage covered, Probe probe, long end) {
    this.feed = feed;
    this.probe = probe;
    this.horizon = probe.horizon();
    this.now = horizon.version().orElseThrow();
    this.from = Planner.lowest(feed, covered, horizon.scale());
    this.extent = extent(covered, end);
  }

  /**
   * What is covered besides when the version's rows are held: old stamps that came, and new ones.
   */
  private Optional<Interval> extent(Coverage covered, long end) {
    long frontier = covered.frontier().orElse(end);
    long first = covered.intervals().size() > 1 ? frontier : lowest(covered, frontier);
    long last = Math.max(frontier, end);
    return first < last && !covered.gaps(new Interval(first, last)).isEmpty()
        ? Optional.of(new Interval(first, last))
        : Optional.empty();
  }

  private long lowest(Coverage covered, long frontier) {
    long first = covered.intervals().isEmpty() ? frontier : covered.intervals().get(0).from();
    return from.or(probe::smallest).map(smallest -> Math.min(smallest, first)).orElse(first);
  }

  /**
   * @param end up to which position the rows of the horizon's version count as read
   */
  static Plan plan(Feed feed, Coverage covered, Probe probe, long end) {
    Followed followed = new Followed(feed, covered, probe, end);
    TableVersion held = covered.version().orElseThrow();
    Since since = probe.since().orElseThrow();
    List<Window> windows =
        since instanceof Since.Changes changes
            ? followed.changes(held.number(), changes.commits())
            : followed.written(held.number(), ((Since.Tracked) since).written());
    windows.addAll(followed.gaps(covered));
    return Plan.of(windows, followed.known);
  }

  /** Whole commits, as many as a window may hold; the last window reaches the horizon's version. */
  private List<Window> changes(long held, List<Since.Commit> commits) {
    List<Window> windows = new ArrayList<>();
    long after = held;
    Total events = Total.NONE;
    for (int i = 0; i < commits.size(); i++) {
      Since.Commit commit = commits.get(i);
      if (events.rows() > 0 && events.rows() + commit.events().rows() > feed.windowRows()) {
        TableVersion upTo = commits.get(i - 1).version();
        windows.add(whole(versions(after, upTo, Optional.empty()), events));
        after = upTo.number();
        events = Total.NONE;
      }
      events = events.plus(commit.events());
    }
    windows.add(whole(versions(after, now, extent), events));
    return windows;
  }

  private Window versions(long after, TableVersion upTo, Optional<Interval> covers) {
    return new Window.Versions(horizon, after, upTo, from, covers, Slice.WHOLE);
  }

  /** What lies between ranges that were read on request, and was never read. */
  private List<Window> gaps(Coverage covered) {
    List<Interval> intervals = covered.intervals();
    if (intervals.size() < 2) {
      return List.of();
    }
    long end = covered.frontier().orElseThrow();
    return covered.gaps(new Interval(intervals.get(0).from(), end)).stream()
        .map(gap -> (Window) new Window.Range(horizon, gap))
        .toList();
  }

  private List<Window> written(long held, Total written) {
    Window window = new Window.Written(horizon, held, from, extent, Slice.WHOLE);
    return new ArrayList<>(List.of(whole(window, written)));
  }

  /** In slices it would lead to no version; so it is cut only if it cannot be read otherwise. */
  private Window whole(Window window, Total total) {
    known.put(window, new ControlTotal(probe.statementId(), total));
    return window;
  }
}
