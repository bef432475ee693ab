package ai.birdie.duckdb;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.kind.Field;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import ai.birdie.duckdb.TextBatches.Row;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** A real store into which tables of text are landed, and that is then asked. */
final class KindStore {

  private final Path home;
  private final RunListener listener;
  private int hour = 1;

  KindStore(Path home) {
    this(home, RunListener.NONE);
  }

  KindStore(Path home, RunListener listener) {
    this.home = home;
    this.listener = listener;
  }

  /** Lands rows of a table that has all of its kind's columns, as one window. */
  void land(Feed feed, List<Row> rows) {
    land(feed, feed.kind().fields().stream().map(Field::name).toList(), rows);
  }

  /** As {@link #land(Feed, List)}, of a table that has just these columns. */
  void land(Feed feed, List<String> columns, List<Row> rows) {
    land(feed, columns, rows, () -> {});
  }

  /** As the other, with something to do once it is committed, and the store is still open. */
  void land(Feed feed, List<String> columns, List<Row> rows, Runnable committed) {
    hour++;
    Window window =
        new Window.Range(
            new Horizon(Instant.EPOCH.plusSeconds(hour * 3_600L), CursorScale.TIMESTAMP),
            new Interval(0, 3_000_000_000L));
    try (BufferAllocator allocator = new RootAllocator();
        DuckStore store = DuckStore.open(home, allocator, InstantSource.system(), listener);
        TextBatches batches = new TextBatches(allocator, columns, rows);
        Landing landing = store.begin(feed, window)) {
      landing.land(batches);
      landing.commit(
          batches.proof(),
          new Control(new ControlTotal("control", batches.total()), Control.Standing.PROVED));
      committed.run();
    }
  }

  /** What a query answers: of each row its values between bars. */
  List<String> answers(String sql) {
    List<String> answers = new ArrayList<>();
    try (StoreReader reader = StoreReader.open(home)) {
      reader.query(
          sql,
          new RowSink() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void row(List<@Nullable Object> values) {
              answers.add(String.join(" | ", values.stream().map(String::valueOf).toList()));
            }
          });
    }
    return answers;
  }

  /** The only feed of that name. */
  FeedStatus status(String feed) {
    try (StoreReader reader = StoreReader.open(home)) {
      return reader.feeds().stream().filter(s -> s.feed().equals(feed)).findFirst().orElseThrow();
    }
  }
}
