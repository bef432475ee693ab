package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Deletion;
import ai.birdie.core.ingest.Ingestion;
import ai.birdie.core.ingest.Reconciliation;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.RunReport;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Missed;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Planner;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.ListSource;
import ai.birdie.testkit.TestFeeds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop, from a source whose clock is ours into a real store. */
class IngestionTest {

  private static final Feed FEED = TestFeeds.reviews("reviews", "review");
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path home;

  private final BufferAllocator allocator = new RootAllocator();
  private final ListSource source = new ListSource(allocator);
  private final List<String> warnings = new ArrayList<>();
  private final RunListener listener =
      new RunListener() {
        @Override
        public void warning(String message) {
          warnings.add(message);
        }
      };

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Store store;

  @BeforeEach
  void open() {
    store = DuckStore.open(home, allocator, InstantSource.system(), RunListener.NONE);
  }

  @AfterEach
  void close() {
    store.close();
    allocator.close();
  }

  @Test
  void goesOnWhereAnInterruptedRunStopped() {
    source.clock(NOON);
    fill(5_000);
    source.failAfter(3);
    assertThatThrownBy(() -> run(FEED)).isInstanceOf(SourceException.class);
    long landed = held().size();
    assertThat(landed).isBetween(1L, 4_999L);

    source.failAfter(Integer.MAX_VALUE);
    RunReport report = run(FEED);

    assertThat(report.rows(Disposition.NEW)).isEqualTo(5_000 - landed);
    assertThat(held()).hasSize(5_000);
  }

  @Test
  void readsAWindowAnewWhoseResultWasLost() {
    source.clock(NOON);
    fill(500);
    source.lose(2);

    RunReport report = run(FEED);

    assertThat(report.rows(Disposition.NEW)).isEqualTo(500);
    assertThat(report.receipts()).hasSize(1);
    assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("read anew"));
  }

  @Test
  void givesUpOnAResultThatIsLostEachTime() {
    source.clock(NOON);
    fill(500);
    source.lose(3);
    assertThatThrownBy(() -> run(FEED)).isInstanceOf(SourceException.class);
    assertThat(held()).isEmpty();
  }

  @Test
  void readsAWindowInPartsThatIsTooLarge() {
    source.clock(NOON);
    fill(500);
    source.giveAtMost(100);

    RunReport report = run(FEED);

    assertThat(report.rows(Disposition.NEW)).isEqualTo(500);
    assertThat(held()).hasSize(500);
    assertThat(report.receipts()).hasSizeGreaterThan(4);
    assertThat(report.receipts().get(0).bounds()).startsWith("slice 1 of ");
    assertThat(store.coverage(FEED).intervals()).hasSize(1);
  }

  @Test
  void coversNothingBeforeTheLastPartHasLanded() {
    source.clock(NOON);
    fill(500);
    source.giveAtMost(100);
    source.failAfter(3);
    assertThatThrownBy(() -> run(FEED)).isInstanceOf(SourceException.class);
    assertThat(store.coverage(FEED).intervals()).isEmpty();
    source.failAfter(Integer.MAX_VALUE);

    run(FEED);

    assertThat(held()).hasSize(500);
    assertThat(store.coverage(FEED).intervals()).hasSize(1);
  }

  @Test
  void givesUpOnARowThatIsTooLargeByItself() {
    source.clock(NOON);
    fill(5);
    source.giveAtMost(0);
    assertThatThrownBy(() -> run(FEED)).isInstanceOf(SourceException.class);
  }

  @Test
  void keepsTheCompleteHistoryWhileANewOneCannotBeFinished() {
    source.clock(NOON);
    fill(5_000);
    run(FEED);
    store.restart(FEED);
    source.failAfter(3);
    assertThatThrownBy(() -> run(FEED)).isInstanceOf(SourceException.class);
    source.failAfter(Integer.MAX_VALUE);
    source.clock(NOON.minusSeconds(1_000_000)); // the clock goes back: nothing can be planned

    RunReport report = run(FEED);

    assertThat(report.warnings()).hasSize(1);
    assertThat(held()).hasSize(5_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void holdsWhatTheSourceHoldsHoweverItChanges(long seed) {
    Random random = new Random(seed);
    Map<String, FeedbackRow> table = new HashMap<>();
    Instant now = NOON;
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < 150; i++) {
        String id = "r-" + random.nextInt(300);
        long late = micros(now) - random.nextLong(3_500_000_000L); // within the lag of an hour
        long before = table.containsKey(id) ? table.get(id).position().orElseThrow() : 0;
        table.put(id, FeedbackRow.of(id, "round " + round, 1 + i % 5, Math.max(before + 1, late)));
      }
      String odd = "odd-" + round;
      table.put(odd, new FeedbackRow(Optional.of(odd), "unstamped", 1, Optional.empty()));
      table.put(
          "early", FeedbackRow.of("early", "round " + round, 1, micros(now) + 9_000_000_000L));
      now = now.plusSeconds(60 + random.nextInt(600));
      source.clock(now);
      source.rows.clear();
      source.rows.addAll(table.values());

      run(FEED);

      assertThat(held())
          .as("seed %d, round %d", seed, round)
          .containsExactlyInAnyOrderElementsOf(
              table.values().stream().map(row -> row.id().orElse("") + row.text()).toList());
    }
  }

  @Test
  void readsNothingWhereNothingHasChanged() {
    source.clock(NOON);
    fill(500);
    source.rows.add(new FeedbackRow(Optional.of("u"), "unstamped", 1, Optional.empty()));
    source.rows.add(FeedbackRow.of("f", "ahead", 1, micros(NOON) + 9_000_000_000L));
    source.rows.add(FeedbackRow.of("r-7", "an older version", 1, micros(NOON) - 900_000_000));
    run(FEED);

    source.clock(NOON.plusSeconds(60));
    source.failAfter(0);
    RunReport report = run(FEED);

    assertThat(report.receipts()).singleElement().matches(Receipt::balances);
    assertThat(store.coverage(FEED).watermark()).hasValue(micros(NOON.plusSeconds(60)));
  }

  @Test
  void findsWhatNoRunCanSeeByComparingAllOfIt() {
    source.clock(NOON);
    fill(20_000);
    run(FEED);
    long lag = 2 * 3_600_000_000L;
    source.rows.add(FeedbackRow.of("late", "committed later than the lag", 1, micros(NOON) - lag));
    source.rows.set(15_000, FeedbackRow.of("r-15000", "changed in silence", 1, position(15_000)));
    source.rows.set(12_000, FeedbackRow.of("r-12000", "stamped back", 1, position(19_000)));
    source.rows.remove(16_000);
    run(FEED);
    assertThat(held()).doesNotContain("latecommitted later than the lag");

    Reconciliation found = ingestion().reconcile(FEED);

    assertThat(found.balances()).isTrue();
    assertThat(found.compared()).hasSizeGreaterThan(100);
    assertThat(found.report().read()).as("rows that were read again").isLessThan(2_000);
    assertThat(held())
        .hasSize(20_001)
        .contains(
            "latecommitted later than the lag",
            "r-15000changed in silence",
            "r-12000stamped back",
            "r-16000text");
    assertThat(ingestion().reconcile(FEED).differed()).isEmpty();
  }

  @Test
  void goesOnWithABackfillFromTheNewestRowsThatWasCutOff() {
    source.clock(NOON);
    fill(10_000);
    Feed newest = FEED.newestFirst();
    source.failAfter(3);
    assertThatThrownBy(() -> run(newest)).isInstanceOf(SourceException.class);
    assertThat(held()).contains("r-0text").doesNotContain("r-9999text").hasSizeBetween(1, 9_000);
    int before = held().size();
    source.failAfter(Integer.MAX_VALUE);
    source.clock(NOON.plusSeconds(60));
    source.rows.add(FeedbackRow.of("new", "text", 1, micros(NOON) + 1));

    RunReport report = run(newest);

    assertThat(held()).hasSize(10_001).contains("newtext", "r-9999text");
    assertThat(report.rows(Disposition.NEW)).isEqualTo(10_001 - before);
    assertThat(store.coverage(newest).intervals()).hasSize(1);
  }

  @Test
  void tellsHowLateRowsCameAndWarnsBeforeTheyAreMissed() {
    source.clock(NOON);
    fill(10_000);
    run(FEED);
    long minute = 60_000_000L;
    source.clock(NOON.plusSeconds(600));
    source.rows.add(FeedbackRow.of("soon", "late", 1, micros(NOON) - 20 * minute - 1));

    Missed soon = run(FEED).missed();

    assertThat(soon).isEqualTo(new Missed(1, Duration.ofMinutes(20), 0, 0));
    assertThat(warnings).isEmpty();
    source.clock(NOON.plusSeconds(660));
    source.rows.add(FeedbackRow.of("nearly", "late", 1, micros(NOON) - 30 * minute - 1));
    Missed nearly = run(FEED).missed();
    assertThat(nearly).isEqualTo(new Missed(1, Duration.ofMinutes(40), 0, 0));
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("PT40M", "look back for PT1H", "PT1H22M");
  }

  @Test
  void tellsWhyRowsHadBeenMissed() {
    source.clock(NOON);
    fill(20_000);
    run(FEED);
    source.clock(NOON.plusSeconds(60));
    source.rows.add(FeedbackRow.of("late", "beyond the lag", 1, position(7_200)));
    source.rows.set(15_000, FeedbackRow.of("r-15000", "changed in silence", 1, position(15_000)));
    source.rows.set(12_000, FeedbackRow.of("r-12000", "stamped anew", 1, position(11_000)));
    source.rows.set(11_000, FeedbackRow.of("r-11000", "stamped back", 1, position(12_000)));

    RunReport report = ingestion().reconcile(FEED).report();

    assertThat(report.missed()).isEqualTo(new Missed(2, Duration.ofHours(1), 2, 1));
    assertThat(report.unexplained()).isEqualTo(1);
    assertThat(report.whyMissed())
        .isEqualTo(
            "2 became visible later than the lag of PT1H, 1 kept their stamp, 1 for a reason that"
                + " their stamps do not tell");
  }

  @Test
  void letsRowsLeaveOnlyWhereTheyAreFewOrSomebodyConsents() {
    source.clock(NOON);
    fill(1_000);
    run(FEED);
    source.rows.subList(0, 10).clear();
    Deletion unasked = new Deletion(0.01, Deletion.Consent.NONE);

    Reconciliation few = ingestion().reconcile(FEED, unasked);

    assertThat(few.report().rows(Disposition.DELETED)).isEqualTo(10);
    assertThat(few.gone()).isZero();
    assertThat(held()).hasSize(990);
    source.rows.subList(0, 10).clear();
    assertThatThrownBy(() -> ingestion().reconcile(FEED, unasked))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("10 of the 990 rows");
    assertThat(held()).hasSize(990);
    List<Long> asked = new ArrayList<>();
    Deletion consented =
        new Deletion(0.01, (feed, gone, kept) -> asked.addAll(List.of(gone, kept)));
    Reconciliation many = ingestion().reconcile(FEED, consented);
    assertThat(asked).containsExactly(10L, 990L);
    assertThat(many.report().rows(Disposition.DELETED)).isEqualTo(10);
    assertThat(many.report().receipts()).allMatch(Receipt::balances);
    assertThat(held()).hasSize(980);
    assertThat(ingestion().reconcile(FEED, unasked).differed()).isEmpty();
  }

  @Test
  void takesASourceWithoutAnyRowForNoDeletion() {
    source.clock(NOON);
    fill(100);
    run(FEED);
    source.rows.clear();

    Deletion all = new Deletion(1, (feed, gone, kept) -> true);
    assertThatThrownBy(() -> ingestion().reconcile(FEED, all))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("no row of reviews");

    assertThat(held()).hasSize(100);
    assertThat(ingestion().reconcile(FEED).gone()).isEqualTo(100);
  }

  private static long position(int row) {
    return micros(NOON) - 1 - row * 1_000_000L;
  }

  private Ingestion ingestion() {
    return new Ingestion(new Planner(), source, store, listener);
  }

  private RunReport run(Feed feed) {
    return ingestion().run(feed);
  }

  private void fill(int rows) {
    for (int i = 0; i < rows; i++) {
      source.rows.add(FeedbackRow.of("r-" + i, "text", 1, position(i)));
    }
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000;
  }

  /** What the view shows: each row's key and text, as one. */
  private List<String> held() {
    store.close();
    List<String> rows = new ArrayList<>();
    try (StoreReader reader = StoreReader.open(home)) {
      reader.query(
          "SELECT feedback_id || text FROM review",
          new RowSink() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void row(List<@Nullable Object> values) {
              rows.add(String.valueOf(values.getFirst()));
            }
          });
    } finally {
      open();
    }
    return rows;
  }
}
