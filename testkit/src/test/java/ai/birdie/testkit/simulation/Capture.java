package ai.birdie.testkit.simulation;

import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How a plant was found.
 *
 * @param seed the first whose scenario shows it
 * @param how by what
 */
record Capture(Plant plant, long seed, String how) {

  private static final long SEEDS = 2_000;

  /** The first capture of a plant; empty where no scenario shows it. */
  static Optional<Capture> of(Plant plant) {
    return LongStream.rangeClosed(1, SEEDS)
        .boxed()
        .flatMap(seed -> plant.caught(seed).map(how -> new Capture(plant, seed, how)).stream())
        .findFirst();
  }
}
