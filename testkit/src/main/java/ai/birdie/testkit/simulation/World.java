package ai.birdie.testkit.simulation;

import ai.birdie.testkit.FeedbackRow;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A scenario as it stands at one moment of virtual time: what a source's statements see.
 *
 * @param latency draws how long each statement takes
 * @param steps that the source takes in a run
 */
record World(
    Scenario scenario,
    VirtualTime time,
    SplittableRandom latency,
    BufferAllocator allocator,
    Steps steps) {

  private static final long SECOND = 1_000_000;

  /** The source's clock. */
  Instant clock() {
    return scenario.clock().at(time.now());
  }

  /** The table's rows as they are now. */
  List<FeedbackRow> rows() {
    return rowsAt(time.now());
  }

  /** The table's rows as they were at a moment. */
  List<FeedbackRow> rowsAt(long moment) {
    SourceTable table = scenario.table();
    return table.at(table.versionAt(moment)).map(RowVersion::row).toList();
  }

  /** The versions of the table, as the source names them. */
  SourceVersions versions() {
    return scenario.versions();
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
