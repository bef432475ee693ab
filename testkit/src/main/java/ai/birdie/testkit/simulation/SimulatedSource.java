package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Traffic;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.RowBatches;
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
    Horizon horizon = horizon();
    world.await();
    Probe probe = probed(feed, covered, horizon, world.rows());
    world.steps().take();
    return probe;
  }

  @Override
  public final BatchReader read(Feed feed, Window window) {
    world.steps().take();
    world.await();
    return reader(select(window));
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

  /** What the statement that reads a window gives. */
  List<FeedbackRow> select(Window window) {
    return world.rows().stream().filter(row -> WindowRows.contain(window, row)).toList();
  }

  BatchReader reader(List<FeedbackRow> rows) {
    return RowBatches.of(world.allocator(), rows, world.steps()::take);
  }

  Probe probed(Feed feed, Coverage covered, Horizon horizon, List<FeedbackRow> rows) {
    List<Long> positions = rows.stream().flatMap(row -> row.position().stream()).sorted().toList();
    LongPredicate due = due(feed, covered, horizon);
    List<Long> quantiles = positions.stream().filter(due::test).toList();
    return new Probe(
        horizon,
        positions.stream().findFirst(),
        rows.size() - positions.size(),
        positions.stream().filter(position -> position >= horizon.position()).count(),
        quantiles.size(),
        quantiles);
  }

  private static LongPredicate due(Feed feed, Coverage covered, Horizon horizon) {
    Optional<Planner.Reach> reach = new Planner().reach(feed, covered, horizon.scale());
    return position ->
        position < horizon.position()
            && reach.map(r -> position >= r.from() || position < r.before()).orElse(true);
  }
}
