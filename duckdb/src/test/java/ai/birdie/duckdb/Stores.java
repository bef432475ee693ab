package ai.birdie.duckdb;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.Redactor;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.RowBatches;
import ai.birdie.testkit.TestFeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Real stores with rows in them. */
final class Stores implements AutoCloseable {

  static final Feed REVIEWS = TestFeeds.reviews("reviews", "review");
  static final Feed OTHER = TestFeeds.reviews("other", "other_review");

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-02-03T04:05:06Z"));

  /** DuckDB's three headers lie before its blocks. */
  static final int HEADERS = 3 * 4096;

  /** The size of a block. */
  static final int BLOCK = 256 * 1024;

  private final BufferAllocator allocator = new RootAllocator();

  DuckStore open(Path home) {
    return DuckStore.open(home, allocator, CLOCK, RunListener.NONE);
  }

  Store open(Path home, Database.Watch watch) {
    return DuckStore.open(home, allocator, CLOCK, RunListener.NONE, watch);
  }

  Store open(Path home, Supplier<Redactor> redactors) {
    return DuckStore.open(home, allocator, CLOCK, RunListener.NONE, redactors);
  }

  /** A feed as it would be in another workspace. */
  static Feed at(String workspace, Feed feed) {
    return with(feed, workspace, feed.windowRows());
  }

  /** A feed that is read in smaller windows. */
  static Feed inWindowsOf(long rows, Feed feed) {
    return with(feed, feed.workspace(), rows);
  }

  private static Feed with(Feed feed, String workspace, long windowRows) {
    return new Feed(
        feed.name(),
        workspace,
        feed.table(),
        feed.kind(),
        feed.key(),
        feed.cursor(),
        feed.filter(),
        feed.start(),
        feed.lag(),
        feed.settle(),
        windowRows);
  }

  /** Makes a store with two feeds of two windows each, some rows of which were changed since. */
  void fill(Path home) {
    try (Store store = open(home)) {
      for (Feed feed : List.of(REVIEWS, OTHER)) {
        land(store, feed, 1, rows("first", 0, 600));
        land(store, feed, 2, rows("second", 400, 800));
      }
    }
  }

  /** Lands one window of a feed, read when the source's clock stood at that many hours. */
  void land(Store store, Feed feed, int hour, List<FeedbackRow> rows) {
    land(store, feed, hour, rows, () -> {});
  }

  /** As {@link #land(Store, Feed, int, List)}, with something between the rows and the commit. */
  void land(Store store, Feed feed, int hour, List<FeedbackRow> rows, Runnable beforeCommit) {
    store.coverage(feed);
    try (BatchReader batches = RowBatches.of(allocator, rows);
        Landing landing =
            store.begin(feed, new Window.Range(horizon(hour), new Interval(0, 100L * hour)))) {
      ControlTotal asked = new ControlTotal("control", landing.land(batches));
      beforeCommit.run();
      landing.commit(batches.proof(), new Control(asked, Control.Standing.PROVED));
    }
  }

  /** When the source's clock stands at that many hours. */
  static Horizon horizon(int hour) {
    return new Horizon(Instant.ofEpochSecond(hour * 3_600L), CursorScale.TIMESTAMP);
  }

  /** Rows of some numbers; a few are too long for a block of the store's file. */
  static List<FeedbackRow> rows(String text, int from, int to) {
    List<FeedbackRow> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String said = (text + " of " + i + ' ').repeat(i % 400 == 0 ? 30_000 : 3);
      rows.add(FeedbackRow.of("r-" + i, said, 1 + i % 5, i % 100));
    }
    return rows;
  }

  /** A number for each table, of everything in it; equal where the contents are. */
  static List<String> contents(StoreReader reader) {
    List<String> contents = new ArrayList<>();
    for (List<@Nullable Object> table :
        query(
            reader,
            "SELECT schema_name || '.\"' || table_name || '\"' FROM duckdb_tables() ORDER BY 1")) {
      contents.add(
          table.getFirst()
              + "="
              + query(reader, "SELECT sum(hash(COLUMNS(*))::HUGEINT) FROM " + table.getFirst()));
    }
    return contents;
  }

  /** The rows of a query. */
  static List<List<@Nullable Object>> query(StoreReader reader, String sql) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    reader.query(
        sql,
        new RowSink() {
          @Override
          public void columns(List<String> names) {}

          @Override
          public void row(List<@Nullable Object> values) {
            rows.add(values);
          }
        });
    return rows;
  }

  /** Flips a bit of a block that holds values of a table. */
  static void flipValueOf(Path home, String table) throws IOException {
    String sql =
        "SELECT min(block_id) FROM pragma_storage_info('%s') WHERE block_id >= 0".formatted(table);
    long block;
    try (StoreReader reader = StoreReader.open(home)) {
      block = (Long) requireNonNull(query(reader, sql).getFirst().getFirst());
    }
    Path file = home.resolve(DuckStore.FILE);
    byte[] bytes = Files.readAllBytes(file);
    bytes[Math.toIntExact(HEADERS + block * BLOCK + 100)] ^= 1;
    Files.write(file, bytes);
  }

  @Override
  public void close() {
    allocator.close();
  }
}
