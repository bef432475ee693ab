package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Way;
import ai.birdie.core.window.CursorScale;
import ai.birdie.testkit.TestFeeds;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Draws a scenario from its seed. */
final class ScenarioGenerator {

  /** Two hours before clocks are set back in Berlin. */
  private static final long BEGIN =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-10-24T23:00:00Z"));

  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long SPAN = 3 * HOUR;
  private static final double MEDIAN_SECONDS = 1.1;
  private static final double SPREAD = 2.0;
  private static final double TRAIT = 0.25;
  private static final int LONG_AMONG = 30;
  private static final int BATCH_AMONG = 150;
  private static final List<Integer> WINDOW_ROWS = List.of(10, 60, 1_000);

  private final long seed;
  private final SplittableRandom random;
  private final Set<Trait> traits;
  private final CursorScale scale;

  ScenarioGenerator(long seed) {
    this(seed, drawTraits(new SplittableRandom(seed)));
  }

  ScenarioGenerator(long seed, Set<Trait> traits) {
    this.seed = seed;
    this.random = new SplittableRandom(~seed);
    this.traits = traits;
    this.scale = scale();
  }

  Scenario scenario() {
    List<Transaction> transactions = transactions();
    SourceTable table = new TableLife(random.split(), scale, traits).live(transactions);
    return new Scenario(
        seed, traits, Way.CURSOR, feed(), scale, table, clock(), runs(transactions));
  }

  private static Set<Trait> drawTraits(SplittableRandom random) {
    Set<Trait> drawn = EnumSet.noneOf(Trait.class);
    for (Trait trait : Trait.values()) {
      if (random.nextDouble() < TRAIT) {
        drawn.add(trait);
      }
    }
    return drawn;
  }

  private CursorScale scale() {
    if (traits.contains(Trait.DATES)) {
      return CursorScale.days(ZoneOffset.UTC);
    }
    return traits.contains(Trait.LOCAL_TIME)
        ? CursorScale.local(ZoneId.of("Europe/Berlin"))
        : CursorScale.TIMESTAMP;
  }

  private Feed feed() {
    int windowRows = WINDOW_ROWS.get(random.nextInt(WINDOW_ROWS.size()));
    return TestFeeds.reviews("reviews", "review", Duration.ZERO, windowRows);
  }

  /** By the order in which they commit. */
  private List<Transaction> transactions() {
    List<Writer> writers =
        Stream.generate(() -> Writer.draw(random)).limit(random.nextInt(1, 5)).toList();
    Stream<Transaction> before = Stream.generate(() -> load(any(writers))).limit(random.nextInt(5));
    Stream<Transaction> meanwhile =
        Stream.generate(() -> transaction(any(writers))).limit(random.nextInt(50, 130));
    return Stream.concat(before, meanwhile)
        .sorted(Comparator.comparingLong(Transaction::commit))
        .toList();
  }

  private Transaction load(Writer writer) {
    long commit = BEGIN - random.nextLong(72 * HOUR);
    return new Transaction(writer, commit - duration(), commit, random.nextInt(1, 50));
  }

  private Transaction transaction(Writer writer) {
    long commit = BEGIN + random.nextLong(1, SPAN);
    int batch = random.nextInt(BATCH_AMONG) == 0 ? random.nextInt(30, 80) : 0;
    return new Transaction(writer, commit - duration(), commit, batch);
  }

  private Writer any(List<Writer> writers) {
    return writers.get(random.nextInt(writers.size()));
  }

  private long duration() {
    if (traits.contains(Trait.LONG_TRANSACTIONS) && random.nextInt(LONG_AMONG) == 0) {
      return random.nextLong(HOUR, 24 * HOUR);
    }
    double seconds = MEDIAN_SECONDS * Math.exp(SPREAD * random.nextGaussian());
    return Math.min(15 * MINUTE, (long) (seconds * SECOND));
  }

  private SourceClock clock() {
    if (!traits.contains(Trait.CLOCK_JUMPS)) {
      return new SourceClock(List.of());
    }
    long wrong = BEGIN + random.nextLong(SPAN);
    long right = wrong + random.nextLong(5 * MINUTE, HOUR);
    return new SourceClock(
        List.of(
            new SourceClock.Jump(wrong, random.nextLong(-HOUR, HOUR)),
            new SourceClock.Jump(right, 0)));
  }

  /** Some on the minute, as schedulers have it; the last when all clocks are right again. */
  private List<Long> runs(List<Transaction> transactions) {
    List<Long> runs = new ArrayList<>();
    int count = random.nextInt(8, 26);
    for (int i = 0; i < count; i++) {
      long at = BEGIN + random.nextLong(SPAN);
      runs.add(random.nextInt(3) == 0 ? Math.floorDiv(at, MINUTE) * MINUTE : at);
    }
    Collections.sort(runs);
    runs.add(Math.max(runs.getLast(), transactions.getLast().commit()) + 3 * HOUR);
    return runs;
  }
}
