package ai.birdie.testkit.simulation;

import java.util.SplittableRandom;

/** Which runs of a scenario are killed, and where. */
@FunctionalInterface
interface Crashes {

  /** A step that no run reaches. */
  long NEVER = Long.MAX_VALUE;

  /** The step at which the run of that number is killed, both counted from 1. */
  long strike(int run);

  /** A fifth of the runs, anywhere. */
  static Crashes drawn(SplittableRandom random) {
    return run -> random.nextInt(5) == 0 ? random.nextLong(1, 60) : NEVER;
  }

  /** That run at that step. */
  static Crashes at(int killed, long step) {
    return run -> run == killed ? step : NEVER;
  }
}
