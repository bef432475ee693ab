package ai.birdie.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Way;
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

  private static final long FEW = 125;

  @ParameterizedTest
  @EnumSource
  void keepsThePromiseOfEachWay(Way way) {
    assertThat(
            seeds(FEW)
                .filter(seed -> !Scores.keepsThePromise(Scenario.of(seed).by(way).comparing())))
        .as("seeds of histories that break the promise")
        .isEmpty();
  }

  @Test
  void holdsWhatTheSourceHoldsWhereWritersAreLateAndNothingElseIsOdd() {
    assertThat(seeds(FEW).filter(seed -> !Scores.play(Scenario.of(seed, Set.of())).clean()))
        .as("seeds of histories in which store and source differ")
        .isEmpty();
  }

  /** Crashes anywhere among the steps of a run, one after another. */
  @ParameterizedTest
  @EnumSource
  void losesNothingWhereverARunIsKilled(Way way) {
    assertThat(seeds(5).filter(seed -> !survivesEveryCrash(Scenario.of(seed).by(way), 2)))
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
    LongFunction<Verdict> play = seed -> Scores.play(Scenario.of(seed));
    assertThat(seeds(50))
        .allSatisfy(seed -> assertThat(play.apply(seed)).isEqualTo(play.apply(seed)));
  }

  private static boolean survivesEveryCrash(Scenario scenario, int run) {
    for (long step = 1; ; step++) {
      try (BufferAllocator allocator = new RootAllocator()) {
        Simulation simulation = new Simulation(scenario, Plant.sound(), allocator);
        if (!simulation.keepsThePromise(Crashes.at(run, step))) {
          return false;
        }
        if (simulation.crashed() == 0) {
          return true;
        }
      }
    }
  }

  private static Score score(NaiveRule rule) {
    return Scores.score(
        seed -> Scenario.of(seed, Set.of()), scenario -> new NaiveReader(scenario, rule).play());
  }

  private static LongStream seeds(long count) {
    return LongStream.rangeClosed(1, count).parallel();
  }
}
