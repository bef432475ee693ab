package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Way;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Traffic;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Portion;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Reading;
import ai.birdie.core.window.Since;
import ai.birdie.core.window.TableVersion;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.RowBatches;
import ai.birdie.testkit.RowChange;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * A scenario's table as a source, at the time that it is. Every statement sees one version of the
 * table; time passes before each, so that commits fall between them. What is package-private here
 * is what a plant makes wrong.
 */
class SimulatedSource implements Source {

  private final World world;

  SimulatedSource(World world) {
    this.world = world;
  }

  @Override
  public final Probe probe(Feed feed, Coverage covered) {
    world.steps().take();
    world.await();
    Horizon clock = horizon();
    world.await();
    Horizon horizon = pinned(clock);
    Probe probe = probed(feed, covered, horizon, snapshot(horizon));
    world.steps().take();
    return probe;
  }

  @Override
  public final List<ControlTotal> totals(Feed feed, List<Window> windows) {
    world.steps().take();
    world.await();
    return windows.stream().map(this::total).toList();
  }

  @Override
  public final BatchReader read(Feed feed, Window window) {
    world.steps().take();
    world.await();
    return window instanceof Window.Versions versions
        ? RowBatches.ofChanges(world.allocator(), events(versions), world.steps()::take)
        : reader(select(window));
  }

  @Override
  public Traffic traffic() {
    return Traffic.NONE;
  }

  @Override
  public void close() {}

  Horizon horizon() {
    return new Horizon(world.clock(), world.scenario().scale());
  }

  /** The clock's horizon with the version that the next statement sees, where the way pins one. */
  private Horizon pinned(Horizon clock) {
    Way way = world.scenario().way();
    return way == Way.CURSOR
        ? clock
        : new Horizon(
            clock.clock(),
            clock.scale(),
            new Reading(way, ""),
            Optional.of(world.versions().at(world.time().now())));
  }

  /** The table as a statement sees it. */
  private Snapshot snapshot(Horizon horizon) {
    return horizon.version().map(world.versions()::snapshot).orElseGet(world::snapshot);
  }

  /** What the statement that reads a window gives. */
  List<FeedbackRow> select(Window window) {
    if (window instanceof Window.Written written) {
      return world
          .versions()
          .written(written.after(), written.horizon().version().orElseThrow())
          .filter(row -> WindowRows.belongs(row.id(), written.slice()))
          .toList();
    }
    return snapshot(window.horizon()).rows(window);
  }

  /** What the statement that reads a window of versions gives. */
  List<RowChange> events(Window.Versions window) {
    return world.versions().events(window);
  }

  /** What the control query says of a window. */
  ControlTotal total(Window window) {
    Total total =
        switch (window) {
          case Window.Versions versions -> RowChange.total(events(versions));
          case Window.Written written -> FeedbackRow.total(select(written));
          default -> snapshot(window.horizon()).total(window);
        };
    return new ControlTotal("control", total);
  }

  /** What the source tells of the versions since the one that is held. */
  Optional<Since> since(Coverage covered, Horizon horizon) {
    if (!horizon.reading().way().followsVersions()) {
      return Optional.empty();
    }
    TableVersion now = horizon.version().orElseThrow();
    return covered
        .version()
        .filter(held -> world.versions().tell(held, now))
        .map(held ->
            horizon.reading().way() == Way.CHANGES
                ? new Since.Changes(world.versions().commits(held, now))
                : world.versions().tracked(held, now));
  }

  BatchReader reader(List<FeedbackRow> rows) {
    return RowBatches.of(world.allocator(), rows, world.steps()::take);
  }

  Probe probed(Feed feed, Coverage covered, Horizon horizon, Snapshot table) {
    List<Long> positions = table.positions().all().boxed().toList();
    Inquiry inquiry = new Planner().inquiry(feed, covered, horizon.scale());
    LongPredicate due = due(inquiry, horizon);
    long ahead = ahead(inquiry, horizon);
    List<Long> quantiles = positions.stream().filter(due::test).toList();
    return new Probe(
        "probe",
        horizon,
        positions.stream().findFirst(),
        table.rows().size() - positions.size(),
        positions.stream().filter(position -> position >= ahead).count(),
        quantiles.size(),
        quantiles,
        inquiry.recent().map(recent -> recent(table, inquiry, recent, horizon)),
        since(covered, horizon));
  }

  private static long ahead(Inquiry inquiry, Horizon horizon) {
    return inquiry.settling() ? horizon.scale().after(horizon.position()) : horizon.position();
  }

  private static Probe.Recent recent(
      Snapshot table, Inquiry inquiry, Inquiry.Recent recent, Horizon horizon) {
    List<Interval> intervals = new ArrayList<>(recent.intervals());
    long settled =
        horizon.scale().floor(horizon.clock().minus(recent.settleMicros(), ChronoUnit.MICROS));
    if (settled > recent.frontier()) {
      intervals.add(new Interval(recent.frontier(), settled));
    }
    return new Probe.Recent(
        table.total(new Window.NullCursor(horizon)),
        table.total(new Window.Future(horizon, ahead(inquiry, horizon))),
        intervals.stream()
            .map(i -> new Portion(i, table.total(new Window.Range(horizon, i))))
            .toList());
  }

  private static LongPredicate due(Inquiry inquiry, Horizon horizon) {
    long now = horizon.position();
    return position ->
        position < now
            && inquiry
                .due()
                .map(due -> position >= due.from() || position < due.before())
                .orElse(true);
  }
}
