package ai.birdie.core.window;

import ai.birdie.core.feed.Feed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides what a run reads: whatever below the horizon is not covered yet, and the {@code lag}
 * below each end of what is, because a writer stamps its rows when it starts and shows them when it
 * commits. Stateless, and safe for use by many threads.
 */
public final class Planner {

  /** The windows that bring {@code feed} up to date, oldest first. */
  public Plan plan(Feed feed, Coverage covered, Probe probe) {
    Horizon horizon = probe.horizon();
    OptionalLong frontier = covered.frontier();
    if (frontier.isPresent() && horizon.position() < frontier.getAsLong()) {
      return Plan.refused(clockWentBack(horizon, frontier.getAsLong()));
    }
    long end = settled(feed, horizon);
    List<Window> windows = new ArrayList<>();
    start(feed, probe)
        .filter(start -> start < end)
        .ifPresent(start -> {
          Coverage due = due(feed, covered, new Interval(start, end), horizon.scale());
          windows.addAll(ranges(feed, due, probe));
        });
    windows.addAll(unstamped(feed, probe, end));
    return Plan.of(windows);
  }

  /**
   * The windows that read {@code [from, to)} again, whatever is covered; nothing is read that is at
   * or after the horizon, or not yet settled.
   */
  public Plan reread(Feed feed, Probe probe, Instant from, Instant to) {
    CursorScale scale = probe.horizon().scale();
    long first = scale.floor(from);
    long end = Math.min(scale.floor(to), settled(feed, probe.horizon()));
    if (first >= end) {
      return Plan.refused("Nothing to read again: the range ends before it begins.");
    }
    return Plan.of(ranges(feed, Coverage.none().plus(new Interval(first, end)), probe));
  }

  /** The rows that may be due: those from {@code from} on, and those before {@code before}. */
  public record Reach(long from, long before) {}

  /**
   * Which rows a source need count and sample for {@link #plan}: what lies below everything that is
   * covered, and from the lag below the first gap on. Empty where every row may be due.
   */
  public Optional<Reach> reach(Feed feed, Coverage covered, CursorScale scale) {
    if (covered.intervals().isEmpty()) {
      return feed.start().map(start -> new Reach(scale.floor(start), Long.MIN_VALUE));
    }
    Interval first = covered.intervals().get(0);
    return Optional.of(new Reach(first.to() - scale.reach(feed.lag()), first.from()));
  }

  private static long settled(Feed feed, Horizon horizon) {
    return horizon.scale().floor(horizon.clock().minus(feed.settle()));
  }

  private static Optional<Long> start(Feed feed, Probe probe) {
    return feed.start().map(probe.horizon().scale()::floor).or(probe::smallest);
  }

  private static Coverage due(Feed feed, Coverage covered, Interval wanted, CursorScale scale) {
    Coverage due = new Coverage(covered.gaps(wanted));
    long lag = scale.reach(feed.lag());
    for (Interval interval : covered.intervals()) {
      long from = Math.max(wanted.from(), interval.to() - lag);
      long to = Math.min(wanted.to(), interval.to());
      if (from < to) {
        due = due.plus(new Interval(from, to));
      }
    }
    return due;
  }

  private static List<Window> ranges(Feed feed, Coverage due, Probe probe) {
    List<Long> cuts = cuts(feed, probe);
    List<Window> windows = new ArrayList<>();
    for (Interval interval : due.intervals()) {
      long from = interval.from();
      for (long cut : cuts) {
        if (cut > from && cut < interval.to()) {
          windows.addAll(sized(feed, probe, new Interval(from, cut)));
          from = cut;
        }
      }
      windows.addAll(sized(feed, probe, new Interval(from, interval.to())));
    }
    return windows;
  }

  /** Slices, where one cursor value has so many rows that no cut can part them. */
  private static List<Window> sized(Feed feed, Probe probe, Interval interval) {
    Window.Range whole = new Window.Range(probe.horizon(), interval);
    long rows = rows(probe, interval);
    if (rows / 2 < feed.windowRows()) {
      return List.of(whole);
    }
    List<Window> slices = whole.in((int) Math.min(Slice.MOST, rows / feed.windowRows()));
    return slices.isEmpty() ? List.of(whole) : slices;
  }

  /** About how many due rows lie in the interval, by the quantiles that do. */
  private static long rows(Probe probe, Interval interval) {
    long within =
        probe.quantiles().stream()
            .filter(cut -> cut >= interval.from() && cut < interval.to())
            .count();
    return within * probe.due() / (probe.quantiles().size() + 1);
  }

  /** Every so many quantiles, so that about {@code windowRows} rows lie between two cuts. */
  private static List<Long> cuts(Feed feed, Probe probe) {
    int parts = probe.quantiles().size() + 1;
    long wanted = -Math.floorDiv(-probe.due(), feed.windowRows());
    if (wanted <= 1) {
      return List.of();
    }
    List<Long> cuts = new ArrayList<>();
    double step = Math.max(1.0, (double) parts / wanted);
    for (double at = step; Math.round(at) < parts; at += step) {
      cuts.add(probe.quantiles().get((int) Math.round(at) - 1));
    }
    return cuts;
  }

  private static List<Window> unstamped(Feed feed, Probe probe, long end) {
    List<Window> windows = new ArrayList<>();
    if (probe.withoutCursor() > 0) {
      windows.add(new Window.NullCursor(probe.horizon()));
    }
    if (probe.ahead() > 0) {
      CursorScale scale = probe.horizon().scale();
      long now = probe.horizon().position();
      long from = feed.settle().isZero() ? end : scale.after(now);
      windows.add(new Window.Future(probe.horizon(), from));
    }
    return windows;
  }

  private static String clockWentBack(Horizon horizon, long frontier) {
    return "The source's clock says "
        + horizon.clock()
        + ", but rows up to "
        + horizon.scale().format(frontier)
        + " have been read: nothing is read until the clock has passed that.";
  }
}
