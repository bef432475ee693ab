package ai.birdie.testkit.simulation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** How each way of reading fares over the same histories. */
final class Scores {

  static final String OURS = "Birdie, by a cursor, with a lag of an hour";

  static final long HISTORIES = 1_000;

  private Scores() {}

  /** With writers that commit late, and nothing else that is odd. */
  static Map<String, Score> ofPlainHistories() {
    return scores(seed -> Scenario.of(seed, Set.of()));
  }

  /** With whatever traits they draw. */
  static Map<String, Score> ofAll() {
    return scores(Scenario::of);
  }

  static Score score(LongFunction<Scenario> scenarios, Function<Scenario, Verdict> reading) {
    return LongStream.rangeClosed(1, HISTORIES)
        .parallel()
        .mapToObj(scenarios)
        .collect(
            Score::new,
            (score, scenario) -> score.add(scenario, reading.apply(scenario)),
            Score::add);
  }

  private static Map<String, Score> scores(LongFunction<Scenario> scenarios) {
    Map<String, Score> scores = new LinkedHashMap<>();
    Arrays.stream(NaiveRule.values())
        .forEach(rule ->
            scores.put(
                rule.description(),
                score(scenarios, scenario -> new NaiveReader(scenario, rule).play())));
    scores.put(OURS, score(scenarios, Scores::play));
    return scores;
  }

  /** Whether a history ends as its way of reading promises. */
  static boolean keepsThePromise(Scenario scenario) {
    try (BufferAllocator allocator = new RootAllocator()) {
      return new Simulation(scenario, Plant.sound(), allocator).keepsThePromise();
    }
  }

  static Verdict play(Scenario scenario) {
    try (BufferAllocator allocator = new RootAllocator()) {
      return new Simulation(scenario, Plant.sound(), allocator).play();
    }
  }
}
