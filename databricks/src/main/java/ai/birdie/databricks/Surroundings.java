package ai.birdie.databricks;

import static java.util.Objects.requireNonNull;

import ai.birdie.databricks.http.Delay;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the module takes from the world around it, so that tests can give it another one.
 *
 * @param clock tells the time of day, which only expiry dates are compared with
 * @param nanoTime measures time that passes, whatever becomes of the clock
 * @param delay waits
 * @param random spreads repeated requests; used by one thread at a time
 */
public record Surroundings(
    Clock clock, LongSupplier nanoTime, Delay delay, RandomGenerator random, Limits limits) {

  public Surroundings {
    requireNonNull(clock);
    requireNonNull(nanoTime);
    requireNonNull(delay);
    requireNonNull(random);
    requireNonNull(limits);
  }

  /** This machine's clocks, real waiting, and {@link Limits#DEFAULT}. */
  public static Surroundings ofThisMachine() {
    return new Surroundings(
        Clock.systemUTC(),
        System::nanoTime,
        pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()),
        new SplittableRandom(),
        Limits.DEFAULT);
  }
}
