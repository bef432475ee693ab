package ai.birdie.core.window;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Order;
import ai.birdie.core.receipt.ControlTotal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Decides what a run reads: whatever below the horizon is not covered yet, and, where source and
 * store hold something else, the {@code lag} below each end of what is, because a writer stamps its
 * rows when it starts and shows them when it commits. Stateless, and safe for use by many threads.
 */
public final class Planner {

  /** Into how many parts the lag is cut, so that a late row has only its own read again. */
  private static final int LAG_PARTS = 12;

  /** In how many turns all of a feed is compared. */
  private static final int TURNS = 24;

  /** Into how many parts a feed is cut for that. */
  public static final int PARTS = 4 * TURNS;

  /** The year 1, before which a warehouse takes no time. */
  private static final long EARLIEST = -62_135_596_800_000_000L;

  /**
   * The windows that bring {@code feed} up to date. What may have changed comes first, because once
   * something newer is covered the lag is measured from there; newest first, so that a record which
   * went back is missed before it is found. Then what was never read, in the feed's order.
   *
   * @throws ConfigException if the cursor is not measured as it was when the feed was read last
   */
  public Plan plan(Feed feed, Coverage covered, Probe probe) {
    requireScale(feed, covered, probe.horizon().scale());
    if (probe.since().isPresent()) {
      return Followed.plan(feed, covered, probe, settled(feed, probe.horizon()));
    }
    Horizon horizon = probe.horizon();
    OptionalLong frontier = covered.frontier();
    if (frontier.isPresent() && !horizon.hasShown(frontier.getAsLong())) {
      return Plan.refused(clockWentBack(horizon, frontier.getAsLong()));
    }
    long end = settled(feed, horizon);
    Map<Window, ControlTotal> known = new LinkedHashMap<>();
    List<Window> windows = new ArrayList<>();
    probe.recent().ifPresent(recent -> windows.addAll(recent(probe, recent, covered, known)));
    start(feed, covered, probe)
        .filter(start -> start < end)
        .ifPresent(start -> {
          List<Interval> due = covered.gaps(new Interval(start, end));
          windows.addAll(windows(feed, due, probe, Window.Range::new));
        });
    windows.addAll(unstamped(feed, probe, end, known));
    return Plan.of(windows, known);
  }

  /**
   * The windows that read {@code [from, to)} again, whatever is covered; nothing is read that is at
   * or after the horizon, or not yet settled.
   */
  public Plan reread(Feed feed, Coverage covered, Probe probe, Instant from, Instant to) {
    CursorScale scale = probe.horizon().scale();
    requireScale(feed, covered, scale);
    long first = scale.floor(from);
    long end = Math.min(scale.floor(to), settled(feed, probe.horizon()));
    if (first >= end) {
      return Plan.refused("Nothing to read again: the range ends before it begins.");
    }
    List<Interval> gaps = covered.gaps(new Interval(first, end));
    List<Interval> durable = new Coverage(gaps).gaps(new Interval(first, end));
    List<Window> windows = new ArrayList<>(windows(feed, gaps, probe, Window.Range::new));
    windows.addAll(windows(feed, durable, probe, Window.Bucket::new));
    return Plan.of(windows);
  }

  /** All rows of the feed, to be compared at a horizon. */
  public Window.Whole whole(Feed feed, Coverage covered, Horizon horizon) {
    return new Window.Whole(horizon, lowest(feed, covered, horizon.scale()));
  }

  /** The smallest position of the rows that are wanted; empty where all are. */
  static Optional<Long> lowest(Feed feed, Coverage covered, CursorScale scale) {
    return feed.start()
        .map(scale::floor)
        .map(start ->
            covered.intervals().isEmpty()
                ? start
                : Long.valueOf(Math.min(start, covered.intervals().get(0).from())));
  }

  /**
   * Windows that together hold every row that a store can hold of a feed whose plan was carried
   * out, and every row of the source's but those that are not settled. Newest first.
   *
   * @param cuts positions at which what is covered is cut
   */
  public List<Window> buckets(Feed feed, Coverage covered, Horizon horizon, List<Long> cuts) {
    // versions bring rows that are not settled by the clock, too
    boolean followed = horizon.reading().way().followsVersions();
    long ahead = followed ? Long.MIN_VALUE : horizon.position();
    return buckets(feed, covered, horizon, cuts, ahead);
  }

  /** As {@link #buckets}, but with the rows that are not settled: a record may have moved there. */
  public List<Window> all(Feed feed, Coverage covered, Horizon horizon, List<Long> cuts) {
    return buckets(feed, covered, horizon, cuts, Long.MIN_VALUE);
  }

  private static List<Window> buckets(
      Feed feed, Coverage covered, Horizon horizon, List<Long> cuts, long ahead) {
    List<Window> buckets = new ArrayList<>();
    older(feed, covered, horizon)
        .filter(end -> feed.start().isEmpty() && end > EARLIEST)
        .ifPresent(end -> buckets.add(new Window.Bucket(horizon, new Interval(EARLIEST, end))));
    for (Interval interval : covered.intervals()) {
      long begin = interval.from();
      for (long cut : cuts.stream().distinct().sorted().toList()) {
        if (cut > begin && cut < interval.to()) {
          buckets.add(new Window.Bucket(horizon, new Interval(begin, cut)));
          begin = cut;
        }
      }
      buckets.add(new Window.Bucket(horizon, new Interval(begin, interval.to())));
    }
    Collections.reverse(buckets);
    buckets.add(new Window.NullCursor(horizon));
    long read = covered.frontier().orElse(passed(feed, horizon));
    buckets.add(new Window.Future(horizon, Math.max(read, ahead)));
    return buckets;
  }

  /**
   * Those of a feed's buckets whose turn it has been to be compared since a run last did, so that
   * within the feed's cycle each is. They take turns from the newest to the oldest: as a feed
   * grows, rows come to lie in older ones. Each turn begins with the last bucket of the one before,
   * because a store may cut the same rows a little otherwise the next time.
   *
   * @param before what was covered when the run began
   * @param buckets is asked only where some turn has come
   */
  public List<Window> due(
      Feed feed, Coverage before, Horizon horizon, Supplier<List<Window>> buckets) {
    if (feed.cycle().isEmpty() || before.compared().isEmpty()) {
      return List.of();
    }
    long turn = Math.max(1, micros(feed.cycle().get()) / TURNS);
    long first = Math.floorDiv(micros(before.compared().get()), turn) + 1;
    long last = Math.floorDiv(micros(horizon.clock()), turn);
    return first > last
        ? List.of()
        : inTurns(Math.max(first, last - TURNS + 1), last, buckets.get());
  }

  private static List<Window> inTurns(long first, long last, List<Window> buckets) {
    return LongStream.rangeClosed(first, last)
        .mapToInt(i -> Math.floorMod(i, TURNS))
        .mapToObj(i -> inTurn(i, buckets))
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private static List<Window> inTurn(int turn, List<Window> buckets) {
    int from = turn * buckets.size() / TURNS;
    int to = (turn + 1) * buckets.size() / TURNS;
    return from == to ? List.of() : buckets.subList(Math.max(0, from - 1), to);
  }

  /**
   * What a probe asks of the source for {@link #plan}: how the rows lie that are not covered yet,
   * and, once something is, the totals of what may have changed since.
   *
   * @throws ConfigException as {@link #plan}
   */
  public Inquiry inquiry(Feed feed, Coverage covered, CursorScale scale) {
    requireScale(feed, covered, scale);
    boolean settling = !feed.settle().isZero();
    if (covered.intervals().isEmpty()) {
      Optional<Inquiry.Due> due =
          feed.start().map(start -> new Inquiry.Due(scale.floor(start), Long.MIN_VALUE));
      return new Inquiry(due, Optional.empty(), settling);
    }
    Interval first = covered.intervals().get(0);
    Inquiry.Recent recent =
        new Inquiry.Recent(
            lag(feed, covered, scale), covered.frontier().orElseThrow(), micros(feed.settle()));
    return new Inquiry(
        Optional.of(new Inquiry.Due(first.to(), first.from())), Optional.of(recent), settling);
  }

  /** What was read by the microsecond is not told from what would be read by the day. */
  private static void requireScale(Feed feed, Coverage covered, CursorScale scale) {
    Optional<CursorScale> before = covered.scale().filter(known -> !known.equals(scale));
    if (before.isPresent() && !covered.intervals().isEmpty()) {
      throw new ConfigException(
          "%s of %s was in %s when %s was read last, and is in %s now: the column has another type."
              .formatted(
                  feed.cursor().column(),
                  feed.table(),
                  before.get().describe(),
                  feed.name(),
                  scale.describe()),
          "Nothing was read. Load the feed anew, beside what is there: birdie ingest --full FILE");
    }
  }

  private static List<Interval> lag(Feed feed, Coverage covered, CursorScale scale) {
    int parts = Math.max(1, LAG_PARTS / covered.intervals().size());
    List<Interval> lag = new ArrayList<>();
    for (Interval interval : covered.intervals()) {
      long from = Math.max(interval.from(), interval.to() - scale.reach(feed.lag()));
      lag.addAll(new Interval(from, interval.to()).in(parts, scale.unitMicros()));
    }
    return lag;
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static long micros(Duration duration) {
    return duration.toSeconds() * 1_000_000 + duration.toNanosPart() / 1_000;
  }

  private static long settled(Feed feed, Horizon horizon) {
    return horizon.scale().floor(horizon.clock().minus(feed.settle()));
  }

  /** Rows may have gone from between what was read before and the smallest that is left. */
  private static Optional<Long> start(Feed feed, Coverage covered, Probe probe) {
    Optional<Long> first = covered.intervals().stream().findFirst().map(Interval::from);
    return feed.start()
        .map(probe.horizon().scale()::floor)
        .or(() -> probe.smallest().map(s -> first.map(f -> Math.min(f, s)).orElse(s)));
  }

  /**
   * Where what is covered begins; where nothing is, what the clock has passed ends. A store may
   * hold rows below it: they lay ahead of the clock when they were read, and then they went. Empty
   * before the first window.
   */
  private static Optional<Long> older(Feed feed, Coverage covered, Horizon horizon) {
    return covered.intervals().stream()
        .findFirst()
        .map(Interval::from)
        .or(() -> covered.scale().map(landed -> passed(feed, horizon)));
  }

  /** Where the rows end that a run reads, and those begin that come into being. */
  private static long passed(Feed feed, Horizon horizon) {
    boolean followed = horizon.reading().way().followsVersions();
    return followed ? horizon.position() : settled(feed, horizon);
  }

  private static List<Window> recent(
      Probe probe, Probe.Recent recent, Coverage covered, Map<Window, ControlTotal> known) {
    Horizon horizon = probe.horizon();
    String statement = probe.statementId();
    long frontier = covered.frontier().orElse(Long.MIN_VALUE);
    List<Window> buckets = new ArrayList<>();
    for (Portion portion : recent.portions()) {
      if (portion.interval().from() < frontier) {
        Window bucket = new Window.Bucket(horizon, portion.interval());
        buckets.add(bucket);
        known.put(bucket, new ControlTotal(statement, portion.total()));
      } else {
        known.put(
            new Window.Range(horizon, portion.interval()),
            new ControlTotal(statement, portion.total()));
      }
    }
    Collections.reverse(buckets);
    return buckets;
  }

  private static List<Window> windows(
      Feed feed, List<Interval> due, Probe probe, BiFunction<Horizon, Interval, Window> of) {
    List<Long> cuts = cuts(feed, probe);
    List<Interval> pieces = new ArrayList<>();
    for (Interval interval : due) {
      long from = interval.from();
      for (long cut : cuts) {
        if (cut > from && cut < interval.to()) {
          pieces.add(new Interval(from, cut));
          from = cut;
        }
      }
      pieces.add(new Interval(from, interval.to()));
    }
    if (feed.order() == Order.NEWEST) {
      Collections.reverse(pieces);
    }
    return pieces.stream().flatMap(piece -> sized(feed, probe, piece, of).stream()).toList();
  }

  /** Slices, where one cursor value has so many rows that no cut can part them. */
  private static List<Window> sized(
      Feed feed, Probe probe, Interval interval, BiFunction<Horizon, Interval, Window> of) {
    return sliced(of.apply(probe.horizon(), interval), rows(probe, interval), feed.windowRows());
  }

  /** The window, or slices of it where it has far more rows than a window should. */
  static List<Window> sliced(Window whole, long rows, long windowRows) {
    if (rows / 2 < windowRows) {
      return List.of(whole);
    }
    List<Window> slices = whole.in((int) Math.min(Slice.MOST, rows / windowRows));
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

  private static List<Window> unstamped(
      Feed feed, Probe probe, long end, Map<Window, ControlTotal> known) {
    Horizon horizon = probe.horizon();
    long ahead = feed.settle().isZero() ? end : horizon.scale().after(horizon.position());
    Window without = new Window.NullCursor(horizon);
    Window future = new Window.Future(horizon, ahead);
    probe
        .recent()
        .ifPresent(recent -> {
          known.put(without, new ControlTotal(probe.statementId(), recent.withoutCursor()));
          known.put(future, new ControlTotal(probe.statementId(), recent.ahead()));
        });
    List<Window> windows = new ArrayList<>();
    if (probe.withoutCursor() > 0 || probe.recent().isPresent()) {
      windows.add(without);
    }
    if (probe.ahead() > 0 || probe.recent().isPresent()) {
      windows.add(future);
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
