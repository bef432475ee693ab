package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.testkit.simulation.Scenario;
import ai.birdie.testkit.simulation.Simulation;
import ai.birdie.testkit.simulation.Verdict;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The share of the simulated histories that is played with a real store; testkit plays the bulk.
 */
class DuckSimulationIT {

  private static final long HISTORIES = Long.getLong("birdie.histories.duckdb", 100);

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path homes;

  @Test
  void keepsThePromiseInEveryHistory() {
    assertThat(
            LongStream.rangeClosed(1, HISTORIES)
                .parallel()
                .filter(seed -> !play(Scenario.of(seed).brief()).kept()))
        .as("seeds of histories that break the promise")
        .isEmpty();
  }

  private Verdict play(Scenario scenario) {
    Path home = homes.resolve("seed-" + scenario.seed());
    try (BufferAllocator allocator = new RootAllocator();
        SimulatedDuckStore store = new SimulatedDuckStore(home, allocator)) {
      return new Simulation(scenario, store, allocator).play();
    }
  }
}
