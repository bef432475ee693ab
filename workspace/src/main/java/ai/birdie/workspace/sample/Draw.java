package ai.birdie.workspace.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/** What chance decides about one row; the same for the same seed, kind, and number. */
final class Draw {
  private static final long SECONDS_A_YEAR = Duration.ofDays(365).toSeconds();

  private final SplittableRandom random;

  private Draw(long seed) {
    this.random = new SplittableRandom(seed);
  }

  static Draw of(long seed, String what, long index) {
    long mixed = seed * 0x9E3779B97F4A7C15L + what.hashCode();
    return new Draw((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L + index * 0x94D049BB133111EBL);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean percent(double percent) {
    return random.nextDouble(100) < percent;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** An index, chosen as often as its weight says. */
  int weighted(int... weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int drawn = random.nextInt(sum);
    int index = 0;
    while (drawn >= weights[index]) {
      drawn -= weights[index];
      index++;
    }
    return index;
  }

  double between(double least, double most) {
    return random.nextDouble(least, most);
  }

  /** A time in the year before, ending an hour before {@code now}. */
  Instant inTheYearBefore(Instant now) {
    long seconds = 3600 + random.nextLong(SECONDS_A_YEAR - 3600);
    return now.truncatedTo(ChronoUnit.SECONDS)
        .minusSeconds(seconds)
        .plus(random.nextLong(1_000_000), ChronoUnit.MICROS);
  }

  /** A time after {@code from}, at least five minutes before {@code now}; mostly soon after. */
  Instant afterwards(Instant from, Instant now) {
    long room = Math.max(1, from.until(now, ChronoUnit.SECONDS) - 300);
    long most = percent(15) ? room : Math.min(room, Duration.ofHours(6).toSeconds());
    return from.plusSeconds(random.nextLong(most))
        .plus(random.nextLong(1_000_000), ChronoUnit.MICROS);
  }
}
