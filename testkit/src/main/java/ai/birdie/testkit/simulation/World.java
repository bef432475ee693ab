package ai.birdie.testkit.simulation;

import java.time.Instant;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A scenario as it stands at one moment of virtual time: what a source's statements see.
 *
 * @param versions of the table, as the source names them
 * @param latency draws how long each statement takes
 * @param steps that the source takes in a run
 */
record World(
    Scenario scenario,
    SourceVersions versions,
    VirtualTime time,
    SplittableRandom latency,
    BufferAllocator allocator,
    Steps steps) {

  private static final long SECOND = 1_000_000;

  /** The source's clock. */
  Instant clock() {
    return scenario.clock().at(time.now());
  }

  /** The table as it is now. */
  Snapshot snapshot() {
    return snapshot(time.now());
  }

  /** The table as it was at a moment. */
  Snapshot snapshot(long moment) {
    return versions.snapshot(scenario.table().versionAt(moment));
  }

  /** Mostly an instant or a second; now and then as long as a warehouse takes to start. */
  void await() {
    switch (latency.nextInt(20)) {
      case 0 -> time.pass(latency.nextLong(300 * SECOND));
      case 1, 2, 3, 4, 5, 6, 7, 8 -> time.pass(0);
      default -> time.pass(latency.nextLong(2 * SECOND));
    }
  }
}
