package ai.birdie.testkit.simulation;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * How a plant was found.
 *
 * @param seed the first whose scenario shows it
 * @param how by what
 * @param broken the first whose scenario ends with it otherwise than is promised; empty where none
 *     is that was tried
 */
record Capture(Plant plant, long seed, String how, OptionalLong broken) {

  private static final long SEEDS = 5_000;

  /** The first capture of a plant; empty where no scenario shows it. */
  static Optional<Capture> of(Plant plant) {
    return LongStream.rangeClosed(1, SEEDS)
        .boxed()
        .flatMap(seed ->
            plant.caught(seed).map(how -> new Capture(plant, seed, how, broken(plant))).stream())
        .findFirst();
  }

  private static OptionalLong broken(Plant plant) {
    return LongStream.rangeClosed(1, SEEDS).filter(plant::breaksThePromise).findFirst();
  }
}
