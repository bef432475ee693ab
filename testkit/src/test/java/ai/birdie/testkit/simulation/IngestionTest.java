package ai.birdie.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Deletion;
import ai.birdie.core.ingest.Ingestion;
import ai.birdie.core.ingest.Reconciliation;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.RunReport;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Traffic;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.ListSource;
import ai.birdie.testkit.TestFeeds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class IngestionTest {

  private static final Feed FEED = TestFeeds.reviews("reviews", "review", Duration.ZERO, 1_000);
  private static final long SECOND = 1_000_000;

  /** As with dates: today's rows are ahead until tomorrow, when all may have a new date and key. */
  @Test
  void deletesWhatWentBeforeTheClockHadPassedAnyRow() {
    MemoryStore store = new MemoryStore(InstantSource.fixed(Instant.EPOCH));
    try (BufferAllocator allocator = new RootAllocator();
        ListSource source = new ListSource(allocator)) {
      Ingestion ingestion = new Ingestion(new Planner(), source, store, RunListener.NONE);
      FeedbackRow today = FeedbackRow.of("k1", "first", 3, 10 * SECOND);
      FeedbackRow tomorrow = FeedbackRow.of("k2", "again", 3, 20 * SECOND);
      source.clock(Instant.ofEpochSecond(10));
      source.rows.add(today);
      ingestion.run(FEED);
      source.clock(Instant.ofEpochSecond(20));
      source.rows.set(0, tomorrow);
      ingestion.run(FEED);
      assertThat(store.coverage(FEED).intervals()).isEmpty();
      assertThat(store.rows(FEED)).containsExactlyInAnyOrder(today, tomorrow);

      Reconciliation cleared = ingestion.reconcile(FEED, new Deletion(1, Deletion.Consent.NONE));

      assertThat(cleared.balances()).isTrue();
      assertThat(store.rows(FEED)).containsExactly(tomorrow);
      assertThat(store.unbalanced(FEED)).isEmpty();
    }
  }

  @Test
  void saysThatWhatIsOtherwiseEachTimeCannotBeMadeTheSame() {
    MemoryStore store = new MemoryStore(InstantSource.fixed(Instant.EPOCH));
    try (BufferAllocator allocator = new RootAllocator();
        ListSource list = new ListSource(allocator)) {
      list.rows.add(FeedbackRow.of("k1", "first", 3, 10 * SECOND));
      Ingestion ingestion =
          new Ingestion(new Planner(), new RestlessSource(list), store, RunListener.NONE);
      Feed feed = FEED.comparedWithin(Duration.ofHours(1));
      list.clock(Instant.ofEpochSecond(20));
      ingestion.run(feed);
      list.clock(Instant.ofEpochSecond(10_000));

      RunReport report = ingestion.run(feed);

      assertThat(report.warnings())
          .filteredOn(warning -> warning.contains("parts still are not what the source shows"))
          .hasSize(1);
      assertThat(store.unbalanced(feed)).isEmpty();
    }
  }

  /** A view whose rows are others each time it is counted. */
  private record RestlessSource(ListSource list) implements Source {

    @Override
    public List<ControlTotal> totals(Feed feed, List<Window> windows) {
      list.rows.replaceAll(
          row -> new FeedbackRow(row.id(), row.text() + "'", row.rating(), row.position()));
      return list.totals(feed, windows);
    }

    @Override
    public Probe probe(Feed feed, Coverage covered) {
      return list.probe(feed, covered);
    }

    @Override
    public BatchReader read(Feed feed, Window window) {
      return list.read(feed, window);
    }

    @Override
    public Traffic traffic() {
      return list.traffic();
    }

    @Override
    public void close() {
      list.close();
    }
  }
}
