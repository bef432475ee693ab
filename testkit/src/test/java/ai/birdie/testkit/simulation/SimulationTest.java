package ai.birdie.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real planner and loop, on many histories; one is played again by its seed alone. */
class SimulationTest {

  private static final long FEW = 1_000;

  @Test
  void losesNothingThatIsSeenWithinTheLag() {
    assertThat(seeds(FEW).filter(seed -> !play(Scenario.of(seed)).kept()))
        .as("seeds of histories that break the promise")
        .isEmpty();
  }

  /** Crashes anywhere among the steps of a run, one after another. */
  @Test
  void losesNothingWhereverARunIsKilled() {
    assertThat(seeds(20).filter(seed -> !survivesEveryCrash(Scenario.of(seed), 2)))
        .as("seeds of histories in which some crash in the second run did harm")
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = NaiveRule.class,
      names = {"BETWEEN_APPEND", "HALF_OPEN_APPEND"})
  void losesRowsInHalfOfThePlainestHistoriesByTheNaiveRule(NaiveRule rule) {
    assertThat(score(rule).share(Fault.LOST)).isGreaterThan(0.5);
  }

  @Test
  void losesRowsByAnOverlapThatIsShorterThanSomeTransactions() {
    assertThat(score(NaiveRule.OVERLAP_120).share(Fault.LOST)).isGreaterThan(0.01);
    assertThat(score(NaiveRule.OVERLAP_1200).share(Fault.LOST)).isZero();
  }

  @Test
  void playsTheSameHistoryForTheSameSeed() {
    LongFunction<Verdict> play = seed -> play(Scenario.of(seed));
    assertThat(seeds(50))
        .allSatisfy(seed -> assertThat(play.apply(seed)).isEqualTo(play.apply(seed)));
  }

  private static Verdict play(Scenario scenario) {
    try (BufferAllocator allocator = new RootAllocator()) {
      return new Simulation(scenario, store(), allocator).play();
    }
  }

  private static boolean survivesEveryCrash(Scenario scenario, int run) {
    for (long step = 1; ; step++) {
      try (BufferAllocator allocator = new RootAllocator()) {
        Simulation simulation = new Simulation(scenario, store(), allocator);
        if (!simulation.play(Crashes.at(run, step)).kept()) {
          return false;
        }
        if (simulation.crashed() == 0) {
          return true;
        }
      }
    }
  }

  private static Score score(NaiveRule rule) {
    Score score = new Score();
    seeds(FEW)
        .sequential()
        .mapToObj(seed -> Scenario.of(seed, Set.of()))
        .forEach(scenario -> score.add(scenario, new NaiveReader(scenario, rule).play()));
    return score;
  }

  private static TestedStore store() {
    return TestedStore.of(new MemoryStore(InstantSource.fixed(Instant.EPOCH)));
  }

  private static LongStream seeds(long count) {
    return LongStream.rangeClosed(1, count).parallel();
  }
}
