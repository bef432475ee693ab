package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Way;
import ai.birdie.core.window.CursorScale;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One table's life, and when it is read. All of it follows from the seed.
 *
 * @param way in which the table can be read
 * @param scale of the table's cursor
 * @param clock the source's
 * @param runs when runs begin, in microseconds since 1970; the last one after everything else
 */
public record Scenario(
    long seed,
    Set<Trait> traits,
    Way way,
    Feed feed,
    CursorScale scale,
    SourceTable table,
    SourceClock clock,
    List<Long> runs) {

  private static final int FEW_RUNS = 2;
  private static final Duration CYCLE = Duration.ofHours(6);

  public Scenario {
    traits = Set.copyOf(traits);
    runs = List.copyOf(runs);
  }

  /** The scenario of a seed, with whatever traits it draws, read by its cursor alone. */
  public static Scenario of(long seed) {
    return new ScenarioGenerator(seed).scenario();
  }

  /** The same, its table read in another way. */
  public Scenario by(Way other) {
    return new Scenario(seed, traits, other, feed, scale, table, clock, runs);
  }

  /** The same, but that in every second history each run compares a part of the feed. */
  public Scenario comparing() {
    return seed % 2 == 0 ? this : read(feed.comparedWithin(CYCLE));
  }

  /** The scenario of a seed that has these traits and no other. */
  public static Scenario of(long seed, Set<Trait> traits) {
    return new ScenarioGenerator(seed, traits).scenario();
  }

  /** The same table, read by a few of the runs alone: for a store that takes its time. */
  public Scenario brief() {
    int step = Math.max(1, runs.size() / FEW_RUNS);
    List<Long> few =
        IntStream.range(0, runs.size())
            .filter(i -> i % step == 0 || i == runs.size() - 1)
            .mapToObj(runs::get)
            .toList();
    return new Scenario(seed, traits, way, feed, scale, table, clock, few);
  }

  /** The table's versions, as its source names them. */
  SourceVersions versions() {
    SplittableRandom random = new SplittableRandom(seed * 17);
    long kept = random.nextLong(2, 12);
    long replaced = random.nextLong(1, table.lastVersion() + 1);
    return new SourceVersions(
        table,
        traits.contains(Trait.REPLACED_TABLE) ? replaced : 0,
        traits.contains(Trait.SHORT_HISTORY) ? kept : table.lastVersion());
  }

  /** The same table, read as another feed says. */
  Scenario read(Feed other) {
    return new Scenario(seed, traits, way, other, scale, table, clock, runs);
  }

  /**
   * How late a row could be seen: the furthest that a run can have covered before the row was
   * committed, less the row's cursor. Not positive for a row whose cursor is NULL or ahead.
   */
  long lateness(RowVersion row) {
    long committed = table.committed(row.from());
    if (row.row().position().isEmpty() || committed <= runs.getFirst()) {
      return 0;
    }
    long covered = clock.furthest(scale, runs.getFirst(), committed);
    return covered - row.row().position().get();
  }
}
