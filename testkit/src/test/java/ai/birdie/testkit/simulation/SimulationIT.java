package ai.birdie.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The bulk of the histories, in memory. {@code -Dbirdie.histories=N} plays another number of them,
 * and {@code -Dbirdie.seed=S} begins at another seed.
 */
class SimulationIT {

  private static final long HISTORIES = Long.getLong("birdie.histories", 20_000);
  private static final long FIRST = Long.getLong("birdie.seed", 1);

  @Test
  void keepsThePromiseInEveryHistory() {
    assertThat(
            LongStream.range(FIRST, FIRST + HISTORIES)
                .parallel()
                .filter(seed -> !Scores.play(Scenario.of(seed)).kept()))
        .as("seeds of histories that break the promise")
        .isEmpty();
  }
}
