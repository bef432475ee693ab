package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Way;
import ai.birdie.testkit.simulation.Scenario;
import ai.birdie.testkit.simulation.Simulation;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The share of the simulated histories that is played with a real store; testkit plays the bulk.
 */
class DuckSimulationIT {

  private static final long HISTORIES = Long.getLong("birdie.histories.duckdb", 500);

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path homes;

  @ParameterizedTest
  @EnumSource
  void keepsThePromiseInEveryHistory(Way way) {
    assertThat(
            LongStream.rangeClosed(1, HISTORIES / Way.values().length)
                .parallel()
                .filter(seed -> !keepsThePromise(Scenario.of(seed).by(way).brief()))
                .toArray())
        .as("seeds of histories that break the promise by %s", way.label())
        .isEmpty();
  }

  private boolean keepsThePromise(Scenario scenario) {
    Path home = homes.resolve(scenario.way() + "-" + scenario.seed());
    try (BufferAllocator allocator = new RootAllocator();
        SimulatedDuckStore store = new SimulatedDuckStore(home, allocator)) {
      return new Simulation(scenario, store, allocator).keepsThePromise();
    }
  }
}
