package ai.birdie.duckdb;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Deletion;
import ai.birdie.core.ingest.Ingestion;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Planner;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.ListSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * All that a writer does to a store, from its first opening on: a run over several windows, a run
 * that finds changes, a comparison that finds what no run saw and lets rows leave, and a loading
 * anew that takes the place of what was there.
 */
final class LongRun implements AutoCloseable {

  static final Feed FEED = Stores.inWindowsOf(60, Stores.REVIEWS);

  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
  private static final int ROWS = 200;
  private static final long HALF_A_SECOND = 500_000;

  private final BufferAllocator allocator = new RootAllocator();
  private final ListSource source = new ListSource(allocator);
  private final Path home;
  private int windows;

  LongRun(Path home) {
    this.home = home;
  }

  /** How many windows are durable, as far as the loop was told. */
  int windows() {
    return windows;
  }

  /** Does all of it. */
  void play(Database.Watch watch) {
    try (Store store = open(watch)) {
      source.clock(NOON);
      fill("first", 0, ROWS);
      run(store);
      change();
      run(store);
      tidy();
      clear(store);
      store.restart(FEED);
      run(store);
    }
  }

  /** What the next run does, when the source is as it was in the end. */
  void goOn() {
    fill("first", 0, ROWS);
    change();
    tidy();
    try (Store store = open(Database.Watch.NONE)) {
      run(store);
      clear(store);
    }
  }

  /** What a store that is up to date holds: each row's key and text, as one. */
  List<String> rows() {
    return source.rows.stream().map(row -> row.id().orElseThrow() + row.text()).sorted().toList();
  }

  private void change() {
    source.clock(NOON.plusSeconds(600));
    source.rows.removeIf(row -> row.position().orElseThrow() > stamp(40));
    fill("changed", 0, 40);
    fill("late", ROWS, ROWS + 20);
  }

  /** Some rows go, and some come that no run looks for. */
  private void tidy() {
    source.rows.removeIf(row -> row.position().orElseThrow() == stamp(100));
    for (int i = 0; i < 3; i++) {
      source.rows.add(FeedbackRow.of("missed-" + i, "old", 1, stamp(50 * i) - HALF_A_SECOND / 2));
    }
  }

  private void fill(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      long position = i < ROWS ? stamp(i) : stamp(i - ROWS) - HALF_A_SECOND;
      source.rows.add(FeedbackRow.of("r-" + i, text, 1, position));
    }
  }

  /** Every row is stamped within the lag. */
  private static long stamp(int i) {
    return (NOON.getEpochSecond() - 1 - i) * 1_000_000;
  }

  private void run(Store store) {
    ingestion(store).run(FEED);
  }

  private void clear(Store store) {
    ingestion(store).reconcile(FEED, new Deletion(1, Deletion.Consent.NONE));
  }

  private Ingestion ingestion(Store store) {
    RunListener listener =
        new RunListener() {
          @Override
          public void windowCommitted(Feed feed, Receipt receipt) {
            windows++;
          }
        };
    return new Ingestion(new Planner(), source, store, listener);
  }

  private Store open(Database.Watch watch) {
    return DuckStore.open(home, allocator, Stores.CLOCK, RunListener.NONE, watch);
  }

  @Override
  public void close() {
    allocator.close();
  }
}
