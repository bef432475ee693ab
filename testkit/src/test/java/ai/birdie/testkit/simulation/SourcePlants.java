package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.RowBatches;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What could be wrong with reading. */
final class SourcePlants {

  private static final long MINUTE = 60_000_000;
  private static final long HOUR = 60 * MINUTE;

  private SourcePlants() {}

  static List<Plant> all() {
    return Stream.of(bounds(), clocks(), stamps(), results()).flatMap(List::stream).toList();
  }

  private static List<Plant> bounds() {
    return List.of(
        inBounds(
            1,
            "the lower bound is `>`: rows at it are in no window",
            window -> shifted(window, 1, 0, 1)),
        inBounds(
            10,
            "the lower bound is rounded up to the minute",
            window -> shifted(window, MINUTE - 1, 0, MINUTE)),
        inBounds(
            11,
            "bounds are written in a zone that is an hour off",
            window -> shifted(window, HOUR, HOUR, 1)),
        Plant.inSource(
            16,
            "where the table begins is asked once, and older rows that come later are not read",
            Set.of(Trait.ANCIENT_STAMPS),
            world ->
                new SimulatedSource(world) {
                  private Optional<Long> smallest = Optional.empty();

                  @Override
                  Probe probed(Feed feed, Coverage covered, Horizon horizon, Snapshot table) {
                    Probe probe = super.probed(feed, covered, horizon, table);
                    smallest = smallest.or(probe::smallest);
                    return new Probe(
                        probe.statementId(),
                        horizon,
                        smallest,
                        probe.withoutCursor(),
                        probe.ahead(),
                        probe.due(),
                        probe.quantiles(),
                        probe.recent());
                  }
                }));
  }

  private static List<Plant> clocks() {
    return List.of(
        Plant.inFeed(3, "no run looks back", Set.of(), feed -> lagging(feed, Duration.ZERO)),
        Plant.inFeed(
            8,
            "runs look back by less than the writers' clocks differ",
            Set.of(),
            feed -> lagging(feed, Duration.ofSeconds(2))),
        Plant.inSelection(
            5,
            "rows are read from an older snapshot than the bounds",
            Set.of(),
            (world, window) -> world.snapshot(world.time().now() - 2 * HOUR).rows(window)),
        inHorizon(
            7,
            "the upper bound is this machine's clock, which is fast",
            Set.of(),
            world -> new Horizon(world.clock().plusSeconds(4_200), world.scenario().scale())),
        inHorizon(
            11,
            "the zone is taken for the offset that it had when the feed was made",
            Set.of(Trait.LOCAL_TIME),
            world -> new Horizon(world.clock(), CursorScale.local(ZoneOffset.ofHours(2)))));
  }

  private static List<Plant> stamps() {
    return List.of(
        Plant.inSelection(
            10,
            "cursors are kept in milliseconds",
            Set.of(),
            (world, window) ->
                select(world, window).stream().map(SourcePlants::inMilliseconds).toList()),
        inProbe(
            13,
            "rows without a cursor are not asked for",
            Set.of(Trait.MISSING_STAMPS),
            probe ->
                new Probe(
                    probe.statementId(),
                    probe.horizon(),
                    probe.smallest(),
                    0,
                    probe.ahead(),
                    probe.due(),
                    probe.quantiles(),
                    probe
                        .recent()
                        .map(r -> new Probe.Recent(Total.NONE, r.ahead(), r.portions())))),
        inProbe(
            9,
            "rows ahead of the clock are not asked for",
            Set.of(Trait.FUTURE_STAMPS),
            probe ->
                new Probe(
                    probe.statementId(),
                    probe.horizon(),
                    probe.smallest(),
                    probe.withoutCursor(),
                    0,
                    probe.due(),
                    probe.quantiles(),
                    probe
                        .recent()
                        .map(r -> new Probe.Recent(r.withoutCursor(), Total.NONE, r.portions())))),
        Plant.inSelection(
            17,
            "`DISTINCT` makes one of equal rows without a key",
            Set.of(Trait.KEYLESS_ROWS),
            (world, window) -> select(world, window).stream().distinct().toList()));
  }

  private static List<Plant> results() {
    return List.of(
        Plant.inSelection(
            6,
            "a window is read in pages by `OFFSET`, each of them a statement",
            Set.of(),
            (world, window) ->
                spliced(world, window, Comparator.comparing(row -> row.position().orElse(0L)))),
        Plant.inSelection(
            26,
            "a result's second half comes from another statement, in another order",
            Set.of(),
            (world, window) ->
                spliced(
                    world,
                    window,
                    Comparator.comparing(FeedbackRow::text),
                    Comparator.comparing(FeedbackRow::text).reversed())),
        Plant.inSelection(
            27,
            "an expired result is read on from a second statement, which sees new rows",
            Set.of(),
            (world, window) -> spliced(world, window, Comparator.comparing(FeedbackRow::text))),
        Plant.inSelection(
            23,
            "a result that the source has cut short is taken for the whole",
            Set.of(),
            (world, window) -> select(world, window).stream().limit(50).toList()),
        inReader(
            25,
            "a body that ends early is taken for the whole",
            (world, rows) -> {
              List<FeedbackRow> came = rows.subList(0, rows.size() - rows.size() / 3);
              return RowBatches.of(world.allocator(), came);
            }),
        inReader(
            24,
            "a chunk is left out",
            (world, rows) ->
                RowBatches.declaring(
                    world.allocator(), rows.subList(0, rows.size() / 2), rows.size())),
        inReader(
            24,
            "a chunk is taken twice",
            (world, rows) ->
                RowBatches.declaring(
                    world.allocator(),
                    Stream.concat(rows.stream(), rows.stream().limit(3)).toList(),
                    rows.size())),
        Plant.inSelection(
            28,
            "columns are bound by position, and two have changed places",
            Set.of(),
            (world, window) ->
                select(world, window).stream()
                    .map(row -> world.time().now() % 2 == 0 ? row : swapped(row))
                    .toList()));
  }

  /** A mistake in the condition, which reading and the control query share. */
  private static Plant inBounds(int number, String what, UnaryOperator<Window> wrong) {
    return Plant.inSource(
        number,
        what,
        Set.of(),
        world ->
            new SimulatedSource(world) {
              @Override
              List<FeedbackRow> select(Window window) {
                return super.select(wrong.apply(window));
              }

              @Override
              ControlTotal total(Window window) {
                return super.total(wrong.apply(window));
              }
            });
  }

  private interface Reading {
    BatchReader of(World world, List<FeedbackRow> rows);
  }

  private static Plant inReader(int number, String what, Reading reading) {
    return Plant.inSource(
        number,
        what,
        Set.of(),
        world ->
            new SimulatedSource(world) {
              @Override
              BatchReader reader(List<FeedbackRow> rows) {
                return reading.of(world, rows);
              }
            });
  }

  private static Plant inHorizon(
      int number, String what, Set<Trait> traits, Function<World, Horizon> horizon) {
    return Plant.inSource(
        number,
        what,
        traits,
        world ->
            new SimulatedSource(world) {
              @Override
              Horizon horizon() {
                return horizon.apply(world);
              }
            });
  }

  private static Plant inProbe(
      int number, String what, Set<Trait> traits, Function<Probe, Probe> wrong) {
    return Plant.inSource(
        number,
        what,
        traits,
        world ->
            new SimulatedSource(world) {
              @Override
              Probe probed(Feed feed, Coverage covered, Horizon horizon, Snapshot table) {
                return wrong.apply(super.probed(feed, covered, horizon, table));
              }
            });
  }

  private static List<FeedbackRow> select(World world, Window window) {
    return world.snapshot().rows(window);
  }

  /** The first half of what a statement gives, and the second half of what a later one gives. */
  private static List<FeedbackRow> spliced(
      World world,
      Window window,
      Comparator<FeedbackRow> order,
      Comparator<FeedbackRow> laterOrder) {
    List<FeedbackRow> first = select(world, window).stream().sorted(order).toList();
    world.time().pass(10 * MINUTE);
    List<FeedbackRow> second = select(world, window).stream().sorted(laterOrder).toList();
    int half = first.size() / 2;
    return Stream.concat(first.stream().limit(half), second.stream().skip(half)).toList();
  }

  private static List<FeedbackRow> spliced(
      World world, Window window, Comparator<FeedbackRow> order) {
    return spliced(world, window, order, order);
  }

  private static Window shifted(Window window, long from, long to, long grain) {
    return window
        .bounded()
        .<Window>map(interval -> {
          long begin = Math.floorDiv(interval.from() + from, grain) * grain;
          Interval wrong = new Interval(begin, Math.max(begin + 1, interval.to() + to));
          return new Window.Range(window.horizon(), wrong, window.slice());
        })
        .orElse(window);
  }

  private static FeedbackRow inMilliseconds(FeedbackRow row) {
    return new FeedbackRow(
        row.id(),
        row.text(),
        row.rating(),
        row.position().map(position -> Math.floorDiv(position, 1_000) * 1_000));
  }

  private static FeedbackRow swapped(FeedbackRow row) {
    return new FeedbackRow(
        Optional.of(row.text()), row.id().orElse(""), row.rating(), row.position());
  }

  private static Feed lagging(Feed feed, Duration lag) {
    return new Feed(
        feed.name(),
        feed.workspace(),
        feed.table(),
        feed.kind(),
        feed.key(),
        feed.cursor(),
        feed.filter(),
        feed.start(),
        lag,
        feed.settle(),
        feed.windowRows());
  }
}
