package ai.birdie.duckdb;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Store;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.simulation.TestedStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A store in a file, for the simulator. One process uses a store at a time, and so does one of
 * ours: it is written, or read, and opened anew only in between.
 */
final class SimulatedDuckStore implements TestedStore {

  private final Path home;
  private final BufferAllocator allocator;
  private Optional<Store> store;
  private Optional<StoreReader> reader = Optional.empty();

  SimulatedDuckStore(Path home, BufferAllocator allocator) {
    this.home = home;
    this.allocator = allocator;
    this.store = Optional.of(open());
  }

  @Override
  public Store store() {
    if (store.isEmpty()) {
      close();
      store = Optional.of(open());
    }
    return store.get();
  }

  @Override
  public void crash() {
    close(); // commits nothing
  }

  @Override
  public List<FeedbackRow> rows(Feed feed) {
    List<FeedbackRow> rows = new ArrayList<>();
    reader()
        .query(
            "SELECT feedback_id, text, rating, _cursor FROM landing.\"" + feed.name() + ".1\"",
            new RowSink() {
              @Override
              public void columns(List<String> names) {}

              @Override
              public void row(List<@Nullable Object> values) {
                rows.add(SimulatedDuckStore.row(values));
              }
            });
    return rows;
  }

  @Override
  public Set<Long> unbalanced(Feed feed) {
    return reader().unbalanced(feed.name());
  }

  @Override
  public void close() {
    store.ifPresent(Store::close);
    store = Optional.empty();
    reader.ifPresent(StoreReader::close);
    reader = Optional.empty();
  }

  private static FeedbackRow row(List<@Nullable Object> values) {
    return new FeedbackRow(
        Optional.ofNullable((String) values.get(0)),
        String.valueOf(values.get(1)),
        Integer.parseInt(String.valueOf(values.get(2))),
        Optional.ofNullable(values.get(3)).map(value -> ((Number) value).longValue()));
  }

  private StoreReader reader() {
    if (reader.isEmpty()) {
      close();
      reader = Optional.of(StoreReader.open(home));
    }
    return reader.get();
  }

  private Store open() {
    return DuckStore.open(home, allocator, InstantSource.fixed(Instant.EPOCH), RunListener.NONE);
  }
}
