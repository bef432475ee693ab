package ai.birdie.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Way;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bulk of the histories, in memory, each way of reading its share. {@code -Dbirdie.histories=N}
 * plays another number of them, and {@code -Dbirdie.seed=S} begins at another seed.
 */
class SimulationIT {

  private static final long HISTORIES = Long.getLong("birdie.histories", 20_000);
  private static final long FIRST = Long.getLong("birdie.seed", 1);

  @ParameterizedTest
  @EnumSource
  void keepsThePromiseInEveryHistory(Way way) {
    assertThat(
            LongStream.range(FIRST, FIRST + HISTORIES / Way.values().length)
                .parallel()
                .filter(seed -> !Scores.keepsThePromise(Scenario.of(seed).by(way).comparing()))
                .toArray())
        .as("seeds of histories that break the promise by %s", way.label())
        .isEmpty();
  }
}
