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
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A scenario's table as a source, at the time that it is. Every statement sees one version of the
 * table; time passes before each, so that commits fall between them.
 */
final class SimulatedSource implements Source {

  private static final long SECOND = 1_000_000;

  private final Scenario scenario;
  private final VirtualTime time;
  private final SplittableRandom latency;
  private final BufferAllocator allocator;
  private final Steps steps;

  SimulatedSource(
      Scenario scenario,
      VirtualTime time,
      SplittableRandom latency,
      BufferAllocator allocator,
      Steps steps) {
    this.scenario = scenario;
    this.time = time;
    this.latency = latency;
    this.allocator = allocator;
    this.steps = steps;
  }

  @Override
  public Probe probe(Feed feed, Coverage covered) {
    steps.take();
    await();
    Horizon horizon = new Horizon(scenario.clock().at(time.now()), scenario.scale());
    await();
    List<FeedbackRow> rows = rows();
    List<Long> positions = rows.stream().flatMap(row -> row.position().stream()).sorted().toList();
    LongPredicate due = due(feed, covered, horizon);
    List<Long> quantiles = positions.stream().filter(due::test).toList();
    steps.take();
    return new Probe(
        horizon,
        positions.stream().findFirst(),
        rows.size() - positions.size(),
        positions.stream().filter(position -> position >= horizon.position()).count(),
        quantiles.size(),
        quantiles);
  }

  @Override
  public BatchReader read(Feed feed, Window window) {
    steps.take();
    await();
    List<FeedbackRow> read =
        rows().stream().filter(row -> WindowRows.contain(window, row)).toList();
    return RowBatches.of(allocator, read, steps::take);
  }

  @Override
  public Traffic traffic() {
    return Traffic.NONE;
  }

  @Override
  public void close() {}

  private List<FeedbackRow> rows() {
    return scenario
        .table()
        .at(scenario.table().versionAt(time.now()))
        .map(RowVersion::row)
        .toList();
  }

  private LongPredicate due(Feed feed, Coverage covered, Horizon horizon) {
    Optional<Planner.Reach> reach = new Planner().reach(feed, covered, horizon.scale());
    return position ->
        position < horizon.position()
            && reach.map(r -> position >= r.from() || position < r.before()).orElse(true);
  }

  /** Mostly an instant or a second; now and then as long as a warehouse takes to start. */
  private void await() {
    switch (latency.nextInt(20)) {
      case 0 -> time.pass(latency.nextLong(300 * SECOND));
      case 1, 2, 3, 4, 5, 6, 7, 8 -> time.pass(0);
      default -> time.pass(latency.nextLong(2 * SECOND));
    }
  }
}
