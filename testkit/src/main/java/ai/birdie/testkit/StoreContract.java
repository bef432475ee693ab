package ai.birdie.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Store} must do. A subclass opens one and says what it holds; the rest is here.
 */
public abstract class StoreContract {

  protected static final Feed FEED = TestFeeds.reviews("reviews", "review");
  private static final long HOUR = 3_600_000_000L;

  protected BufferAllocator allocator = new RootAllocator();

  @SuppressWarnings("NullAway.Init") // opened before each test
  protected Store store;

  /** Opens a new, empty store; called before each test. */
  protected abstract Store open();

  /** The sound rows of the feed, as people see them, in any order. */
  protected abstract List<FeedbackRow> held(Feed feed);

  /** The quarantined rows of the feed's present history, in any order. */
  protected abstract List<FeedbackRow> quarantined(Feed feed);

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
    allocator.close(); // fails if anything leaks
  }

  @Test
  void landsAWindowWithItsRowsCoverageAndReceipt() {
    List<FeedbackRow> rows = rows("a", 10);

    Receipt receipt = land(FEED, range(1, 0, 100), rows);

    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows);
    assertThat(receipt.balances()).isTrue();
    assertThat(receipt.rows(Disposition.NEW)).isEqualTo(10);
    assertThat(store.coverage(FEED).intervals()).containsExactly(new Interval(0, 100));
    assertThat(store.coverage(FEED).scale()).contains(CursorScale.TIMESTAMP);
  }

  @Test
  void addsUpHashesWithoutLosingABit() {
    List<FeedbackRow> rows = rows("a", 60);
    BigInteger sum =
        rows.stream()
            .filter(row -> row.hash() > 0)
            .map(row -> BigInteger.valueOf(row.hash()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(sum.bitLength()).as("bits that the sum needs").isGreaterThan(64);

    Receipt receipt =
        land(FEED, range(1, 0, 100), rows.stream().filter(row -> row.hash() > 0).toList());

    assertThat(receipt.tallies()).singleElement().extracting(Tally::hashSum).isEqualTo(sum);
  }

  @Test
  void landsAnEmptyWindow() {
    Receipt receipt = land(FEED, range(1, 0, 100), List.of());

    assertThat(receipt.balances()).isTrue();
    assertThat(held(FEED)).isEmpty();
    assertThat(store.coverage(FEED).watermark()).hasValue(100);
  }

  @Test
  void leavesNothingOfALandingThatIsClosed() {
    land(FEED, range(1, 0, 100), rows("a", 4));

    try (BatchReader batches = RowBatches.of(allocator, rows("b", 5));
        Landing landing = store.begin(FEED, range(2, 100, 200))) {
      landing.land(batches);
    }

    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows("a", 4));
    assertThat(store.coverage(FEED).watermark()).hasValue(100);
  }

  @Test
  void passesOnWhatTheReaderThrowsAndLandsNothing() {
    SourceException lost = SourceException.passing("The line was cut", "Try again", null);
    store.coverage(FEED);

    try (BatchReader batches = RowBatches.failing(allocator, rows("a", 7), lost);
        Landing landing = store.begin(FEED, range(1, 0, 100))) {
      assertThatThrownBy(() -> landing.land(batches)).isSameAs(lost);
    }

    assertThat(store.coverage(FEED)).isEqualTo(Coverage.none());
    land(FEED, range(1, 0, 100), rows("a", 7));
    assertThat(held(FEED)).hasSize(7);
  }

  @Test
  void refusesAReceiptThatDoesNotBalance() {
    store.coverage(FEED);

    try (BatchReader batches = RowBatches.of(allocator, rows("a", 5));
        Landing landing = store.begin(FEED, range(1, 0, 100))) {
      landing.land(batches);
      Proof more = new Proof("statement", 6, 0, 1);
      assertThatThrownBy(() -> landing.commit(more, proved(rows("a", 5))))
          .isInstanceOf(IncompleteException.class);
    }

    assertThat(store.coverage(FEED)).isEqualTo(Coverage.none());
  }

  @Test
  void addsNothingWhenRowsAreReadAgain() {
    List<FeedbackRow> rows = rows("a", 10);
    land(FEED, range(1, 0, 100), rows);

    Receipt again = land(FEED, range(2, 0, 100), rows);

    assertThat(again.rows(Disposition.IDENTICAL)).isEqualTo(10);
    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void replacesAnOlderVersionAndKeepsANewerOne() {
    FeedbackRow old = FeedbackRow.of("k", "old", 1, 10);
    FeedbackRow middle = FeedbackRow.of("k", "middle", 2, 20);
    FeedbackRow young = FeedbackRow.of("k", "young", 3, 30);
    land(FEED, range(1, 0, 100), List.of(middle));

    Receipt newer = land(FEED, range(2, 0, 100), List.of(young));
    Receipt older = land(FEED, range(3, 0, 100), List.of(old));

    assertThat(newer.rows(Disposition.CHANGED)).isEqualTo(1);
    assertThat(older.rows(Disposition.SUPERSEDED)).isEqualTo(1);
    assertThat(held(FEED)).containsExactly(young);
  }

  @Test
  void takesTheRowReadLaterWhereCursorsAreEqual() {
    FeedbackRow before = FeedbackRow.of("k", "before", 1, 10);
    FeedbackRow after = FeedbackRow.of("k", "after", 1, 10);
    land(FEED, range(1, 0, 100), List.of(before));
    land(FEED, range(2, 0, 100), List.of(after));
    assertThat(held(FEED)).containsExactly(after);

    land(FEED, range(3, 0, 100), List.of(before));
    assertThat(held(FEED)).containsExactly(before);
  }

  @Test
  void keepsTheNewestOfSeveralVersionsInOneWindow() {
    FeedbackRow old = FeedbackRow.of("k", "old", 1, 10);
    FeedbackRow young = FeedbackRow.of("k", "young", 3, 30);

    Receipt receipt = land(FEED, range(1, 0, 100), List.of(young, old, old));

    assertThat(receipt.rows(Disposition.NEW)).isEqualTo(1);
    assertThat(receipt.rows(Disposition.SUPERSEDED)).isEqualTo(2);
    assertThat(held(FEED)).containsExactly(young);
  }

  @Test
  void doesNotLetAFutureOrMissingCursorHoldARecordForEver() {
    FeedbackRow future = FeedbackRow.of("k", "future", 1, 9_000 * HOUR);
    FeedbackRow unstamped = new FeedbackRow(Optional.of("u"), "unstamped", 1, Optional.empty());
    land(FEED, new Window.Future(horizon(1), HOUR), List.of(future));
    land(FEED, new Window.NullCursor(horizon(1)), List.of(unstamped));

    FeedbackRow mended = FeedbackRow.of("k", "mended", 1, HOUR + 5);
    FeedbackRow stamped = FeedbackRow.of("u", "stamped", 1, HOUR + 6);
    land(FEED, new Window.Range(horizon(2), new Interval(0, 2 * HOUR)), List.of(mended, stamped));

    assertThat(held(FEED)).containsExactlyInAnyOrder(mended, stamped);
  }

  @Test
  void quarantinesEveryRowWithoutAKeyAndKeepsItWhole() {
    List<FeedbackRow> keyless =
        List.of(
            FeedbackRow.keyless("same", 1),
            FeedbackRow.keyless("same", 1),
            FeedbackRow.keyless("same", 1),
            new FeedbackRow(Optional.of("  "), "blank", 2, Optional.of(2L)));
    List<FeedbackRow> window = new ArrayList<>(keyless);
    window.add(FeedbackRow.of("k", "sound", 5, 3));

    Receipt first = land(FEED, range(1, 0, 100), window);
    Receipt again = land(FEED, range(2, 0, 100), window);

    assertThat(first.quarantined()).isEqualTo(4);
    assertThat(first.rows(Disposition.NEW)).isEqualTo(5);
    assertThat(again.rows(Disposition.IDENTICAL)).isEqualTo(5);
    assertThat(held(FEED)).hasSize(1);
    assertThat(quarantined(FEED)).containsExactlyInAnyOrderElementsOf(keyless);
  }

  @Test
  void tellsRowsWithBlankKeysApartByTheirContent() {
    List<FeedbackRow> blank =
        List.of(
            FeedbackRow.of("", "one", 1, 1),
            FeedbackRow.of("", "two", 2, 2),
            FeedbackRow.of(" ", "three", 3, 3),
            FeedbackRow.of(" ", "three", 3, 3));

    land(FEED, range(1, 0, 100), blank);
    Receipt again = land(FEED, range(2, 0, 100), blank);

    assertThat(again.rows(Disposition.IDENTICAL)).isEqualTo(4);
    assertThat(quarantined(FEED)).containsExactlyInAnyOrderElementsOf(blank);
  }

  @Test
  void takesTheRowReadLaterOnTheSameDayOfADateColumn() {
    CursorScale days = CursorScale.days(ZoneOffset.UTC);
    for (int i = 0; i < 10; i++) { // whatever the hashes are
      FeedbackRow morning = FeedbackRow.of("k" + i, "morning", 1 + i % 5, 0);
      FeedbackRow evening = FeedbackRow.of("k" + i, "evening", 1 + i % 5, 0);
      Instant day = Instant.EPOCH;
      land(FEED, new Window.Future(new Horizon(day.plusSeconds(60), days), 0), List.of(morning));
      land(FEED, new Window.Future(new Horizon(day.plusSeconds(90), days), 0), List.of(evening));
    }
    assertThat(held(FEED)).hasSize(10).allMatch(row -> row.text().equals("evening"));
  }

  @Test
  void refusesToStartASecondFeedOfTheSameTableAnew() {
    land(FEED, range(1, 0, 100), rows("a", 1));
    assertThatThrownBy(() -> store.restart(TestFeeds.reviews("other", "REVIEW")))
        .isInstanceOf(ConfigException.class);
    assertThat(store.coverage(FEED).watermark()).hasValue(100);
  }

  @Test
  void goesOnWithTheOldHistoryWhenAChangedFeedIsChangedBack() {
    land(FEED, range(1, 0, 100), rows("old", 3));
    land(TestFeeds.reviews("reviews", "review_v2"), range(2, 0, 50), rows("new", 2));

    assertThat(store.coverage(FEED).watermark()).hasValue(100);
    store.complete(FEED, horizon(9));
    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows("old", 3));
  }

  @Test
  void joinsTheCoverageOfWindowsThatLandInAnyOrder() {
    land(FEED, range(1, 200, 300), List.of());
    land(FEED, range(1, 0, 100), List.of());
    assertThat(store.coverage(FEED).watermark()).hasValue(100);

    land(FEED, range(1, 100, 200), List.of());
    assertThat(store.coverage(FEED).intervals()).containsExactly(new Interval(0, 300));
  }

  @Test
  void loadsAChangedFeedBesideTheOldOneAndSwitchesWhenItIsComplete() {
    land(FEED, range(1, 0, 100), rows("old", 3));
    Feed moved = TestFeeds.reviews("reviews", "review_v2");

    assertThat(store.coverage(moved)).isEqualTo(Coverage.none());
    land(moved, range(2, 0, 50), rows("new", 2));
    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows("old", 3));

    store.complete(moved, horizon(9));
    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows("new", 2));
    assertThat(store.coverage(moved).watermark()).hasValue(50);
  }

  @Test
  void keepsWhenItWasComparedLastForItsPresentHistoryAlone() {
    land(FEED, range(1, 0, 100), rows("a", 3));
    assertThat(store.coverage(FEED).compared()).isEmpty();

    store.complete(FEED, horizon(9));
    land(FEED, range(10, 100, 200), rows("b", 3));
    assertThat(store.coverage(FEED).compared()).hasValue(horizon(9).clock());

    store.restart(FEED);
    assertThat(store.coverage(FEED).compared()).isEmpty();
  }

  @Test
  void cutsAFeedIntoAtMostSoManyParts() {
    assertThat(store.cuts(FEED, 4)).as("before anything landed").isEmpty();
    land(FEED, range(1, 0, 100), rows("a", 40));
    assertThat(store.cuts(FEED, 1)).isEmpty();
    assertThat(store.cuts(FEED, 4)).hasSizeBetween(1, 3).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void startsAgainOnRequestWithoutLosingWhatIsThere() {
    land(FEED, range(1, 0, 100), rows("a", 3));

    store.restart(FEED);

    assertThat(store.coverage(FEED)).isEqualTo(Coverage.none());
    assertThat(held(FEED)).hasSize(3);
    land(FEED, range(2, 0, 100), rows("a", 2));
    store.complete(FEED, horizon(9));
    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows("a", 2));
  }

  @Test
  void refusesASecondFeedOfTheSameTableAndKind() {
    land(FEED, range(1, 0, 100), rows("a", 1));
    Feed rival = TestFeeds.reviews("other", "review");

    assertThatThrownBy(() -> store.coverage(rival))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("reviews");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void holdsTheNewestVersionsInWhateverOrderTheyArrive(long seed) {
    Random random = new Random(seed);
    Map<String, FeedbackRow> newest = new HashMap<>();
    List<FeedbackRow> versions = new ArrayList<>();
    for (long position = 1; position <= 300; position++) {
      String key = "k" + random.nextInt(40);
      FeedbackRow version = FeedbackRow.of(key, "v" + position, random.nextInt(1, 6), position);
      versions.add(version);
      newest.put(key, version);
    }
    Collections.shuffle(versions, random);

    long seen = 0;
    for (int at = 0; at < versions.size(); ) {
      int end = Math.min(versions.size(), at + 1 + random.nextInt(60));
      List<FeedbackRow> window = versions.subList(random.nextInt(at + 1), end);
      Receipt receipt = land(FEED, range(1 + at, 0, 1_000), window);
      seen += receipt.rows(Disposition.NEW);
      assertThat(receipt.balances()).as("seed %d", seed).isTrue();
      at = end;
    }

    assertThat(held(FEED)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(newest.values());
    assertThat(seen).as("seed %d", seed).isEqualTo(newest.size());
  }

  @Test
  void refusesWhatIsNotWhatTheSourceSaysItHolds() {
    store.coverage(FEED);
    FeedbackRow changed = FeedbackRow.of("a0", "another text", 1, 0);

    try (BatchReader batches = RowBatches.of(allocator, rows("a", 1));
        Landing landing = store.begin(FEED, range(1, 0, 100))) {
      assertThat(landing.land(batches)).isEqualTo(FeedbackRow.total(rows("a", 1)));
      assertThatThrownBy(() -> landing.commit(batches.proof(), proved(List.of(changed))))
          .isInstanceOf(IncompleteException.class);
    }

    assertThat(store.coverage(FEED)).isEqualTo(Coverage.none());
  }

  @Test
  void knowsWhatTheSourceHoldsOfAWindow() {
    List<FeedbackRow> rows = rows("a", 10);
    List<FeedbackRow> read = new ArrayList<>(rows);
    read.add(FeedbackRow.of("a7", "an older version", 2, 1));
    read.add(FeedbackRow.keyless("same", 2));
    read.add(FeedbackRow.keyless("same", 2));
    assertThat(store.total(FEED, range(1, 0, 100))).isEqualTo(Total.NONE);

    land(FEED, range(1, 0, 100), read);

    assertThat(store.total(FEED, range(1, 0, 100))).isEqualTo(FeedbackRow.total(read));
    assertThat(store.total(FEED, range(1, 0, 2)))
        .isEqualTo(
            FeedbackRow.total(read.stream().filter(r -> r.position().orElseThrow() < 2).toList()));
  }

  @Test
  void tellsOfManyWindowsAtOnceHoweverTheyOverlap() {
    List<FeedbackRow> rows = new ArrayList<>(rows("a", 20));
    rows.add(FeedbackRow.of("a7", "an older version", 2, 1));
    FeedbackRow bare = new FeedbackRow(Optional.of("n"), "no cursor", 1, Optional.empty());
    FeedbackRow before = FeedbackRow.of("b", "before 1970", 1, -5);
    land(FEED, range(1, -10, 100), rows);
    land(FEED, range(2, -20, -3), List.of(before));
    land(FEED, new Window.NullCursor(horizon(3)), List.of(bare));
    Map<Window, List<FeedbackRow>> expected = new LinkedHashMap<>();
    expected.put(bucket(4, 0, 5), rowsWithin(rows, 0, 5));
    expected.put(range(4, 5, 12), rowsWithin(rows, 5, 12));
    expected.put(bucket(4, 3, 8), rowsWithin(rows, 3, 8));
    expected.put(bucket(4, 3, 4), rowsWithin(rows, 3, 4));
    expected.put(bucket(4, -100, 0), List.of(before));
    expected.put(bucket(4, 50, 60), List.of());
    expected.put(new Window.Future(horizon(4), 15), rowsWithin(rows, 15, 100));
    expected.put(new Window.NullCursor(horizon(4)), List.of(bare));
    rows.add(bare);
    expected.put(new Window.Whole(horizon(4), Optional.of(0L)), List.copyOf(rows));
    rows.add(before);
    expected.put(new Window.Whole(horizon(4), Optional.empty()), List.copyOf(rows));

    assertThat(store.totals(FEED, List.copyOf(expected.keySet())))
        .containsExactlyElementsOf(expected.values().stream().map(FeedbackRow::total).toList());
    expected.forEach((window, read) ->
        assertThat(store.total(FEED, window))
            .as(window.describe())
            .isEqualTo(FeedbackRow.total(read)));
  }

  private static List<FeedbackRow> rowsWithin(List<FeedbackRow> rows, long from, long to) {
    return rows.stream()
        .filter(row -> row.position().filter(at -> at >= from && at < to).isPresent())
        .toList();
  }

  @Test
  void confirmsAWindowOfWhichNothingNeedBeRead() {
    List<FeedbackRow> rows = List.of(FeedbackRow.of("a", "one", 1, 5), FeedbackRow.keyless("b", 6));
    land(FEED, range(1, 0, 100), rows);

    Receipt none = store.confirm(FEED, range(2, 100, 200), new ControlTotal("probe", Total.NONE));
    Receipt all =
        store.confirm(FEED, range(3, 0, 100), new ControlTotal("probe", FeedbackRow.total(rows)));

    assertThat(store.coverage(FEED).watermark()).hasValue(200);
    assertThat(none.balances()).isTrue();
    assertThat(all.rows(Disposition.IDENTICAL)).isEqualTo(2);
    assertThat(all.quarantined()).isEqualTo(1);
  }

  @Test
  void takesABucketInPlaceOfWhatItHeldThere() {
    FeedbackRow late = FeedbackRow.of("k", "stamped too late", 1, 50);
    FeedbackRow other = FeedbackRow.of("o", "other", 1, 55);
    land(FEED, range(1, 0, 100), List.of(late, other));

    FeedbackRow back = FeedbackRow.of("k", "stamped anew", 1, 40);
    Receipt receipt = land(FEED, bucket(2, 30, 60), List.of(back, other));

    assertThat(receipt.rows(Disposition.CHANGED)).isEqualTo(1);
    assertThat(receipt.rows(Disposition.IDENTICAL)).isEqualTo(1);
    assertThat(held(FEED)).containsExactlyInAnyOrder(back, other);
    assertThat(store.total(FEED, bucket(2, 0, 100)))
        .isEqualTo(FeedbackRow.total(List.of(back, other)));
  }

  @Test
  void movesARecordThatWentBackToABucketThatIsReadLater() {
    FeedbackRow young = FeedbackRow.of("k", "young", 1, 50);
    FeedbackRow old = FeedbackRow.of("k", "old", 1, 10);
    land(FEED, range(1, 0, 100), List.of(young));

    land(FEED, bucket(2, 40, 60), List.of());
    assertThat(held(FEED)).as("absence alone deletes nothing").containsExactly(young);
    assertThat(store.total(FEED, bucket(2, 40, 60))).isEqualTo(Total.NONE);
    land(FEED, bucket(2, 0, 20), List.of(old));

    assertThat(held(FEED)).containsExactly(old);
    assertThat(store.total(FEED, bucket(2, 0, 100))).isEqualTo(FeedbackRow.total(List.of(old)));
  }

  @Test
  void looksAgainForARecordThatWasTakenForAnOlderVersion() {
    FeedbackRow young = FeedbackRow.of("k", "young", 1, 50);
    FeedbackRow old = FeedbackRow.of("k", "old", 1, 10);
    land(FEED, range(1, 0, 100), List.of(young));

    land(FEED, bucket(2, 0, 20), List.of(old));
    assertThat(store.total(FEED, bucket(2, 0, 20))).isEqualTo(FeedbackRow.total(List.of(old)));
    land(FEED, bucket(2, 40, 60), List.of());

    assertThat(store.total(FEED, bucket(2, 0, 20))).as("to be read again").isEqualTo(Total.NONE);
    land(FEED, bucket(3, 0, 20), List.of(old));
    assertThat(held(FEED)).containsExactly(old);
  }

  @Test
  void keepsWhatComesBackAfterItWasMissed() {
    List<FeedbackRow> rows = rows("a", 3);
    List<FeedbackRow> keyless = List.of(FeedbackRow.keyless("x", 5), FeedbackRow.keyless("x", 5));
    List<FeedbackRow> all = new ArrayList<>(rows);
    all.addAll(keyless);
    land(FEED, range(1, 0, 100), all);

    land(FEED, bucket(2, 0, 100), rows.subList(0, 1));
    assertThat(store.total(FEED, bucket(2, 0, 100)))
        .isEqualTo(FeedbackRow.total(rows.subList(0, 1)));
    Receipt confirmed =
        store.confirm(
            FEED,
            bucket(2, 0, 100),
            new ControlTotal("probe", FeedbackRow.total(rows.subList(0, 1))));
    assertThat(confirmed.rows(Disposition.IDENTICAL)).isEqualTo(1);
    Receipt back = land(FEED, bucket(3, 0, 100), all);

    assertThat(back.rows(Disposition.IDENTICAL)).isEqualTo(5);
    assertThat(store.total(FEED, bucket(3, 0, 100))).isEqualTo(FeedbackRow.total(all));
    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void letsRowsLeaveThatTheSourceHasNoLonger() {
    List<FeedbackRow> all = new ArrayList<>(rows("a", 4));
    FeedbackRow keyless = FeedbackRow.keyless("x", 5);
    all.addAll(List.of(keyless, keyless, keyless));
    all.add(FeedbackRow.of("a3", "an older version", 1, 2));
    land(FEED, range(1, 0, 100), all);
    List<FeedbackRow> left = new ArrayList<>(all.subList(2, 5));
    left.add(all.get(7));
    land(FEED, bucket(2, 0, 100), left);
    land(FEED, bucket(2, 0, 100), left); // what stood behind the others is looked for again
    Window.Gone gone = gone(bucket(2, 0, 100));
    List<FeedbackRow> deleted = List.of(all.get(0), all.get(1), keyless, keyless);
    assertThat(store.gone(FEED, gone)).isEqualTo(negative(deleted));

    Receipt receipt = store.remove(FEED, gone, held(left));

    assertThat(receipt.balances()).isTrue();
    assertThat(receipt.rows(Disposition.DELETED)).isEqualTo(4);
    assertThat(receipt.quarantined()).isEqualTo(2);
    assertThat(Tally.total(receipt.tallies())).isEqualTo(negative(deleted));
    assertThat(held(FEED)).containsExactlyInAnyOrder(all.get(2), all.get(3));
    assertThat(quarantined(FEED)).containsExactly(keyless);
    assertThat(store.gone(FEED, gone)).isEqualTo(Total.NONE);
    assertThat(store.total(FEED, bucket(3, 0, 100))).isEqualTo(FeedbackRow.total(left));
  }

  @Test
  void comesToRestWhereRowsAreGoneAndOthersStandBehindNewerOnes() {
    List<FeedbackRow> rows = new ArrayList<>();
    for (int half : List.of(0, 50)) {
      rows.add(FeedbackRow.of("gone" + half, "gone", 1, half));
      rows.add(FeedbackRow.of("twin" + half, "older", 1, half + 1));
      rows.add(FeedbackRow.of("twin" + half, "newer", 1, half + 2));
    }
    land(FEED, range(1, 0, 100), rows);
    List<FeedbackRow> first = rows.subList(1, 3);
    List<FeedbackRow> second = rows.subList(4, 6);
    for (int round = 0; round < 2; round++) {
      land(FEED, bucket(2, 50, 100), second);
      land(FEED, bucket(2, 0, 50), first);
    }

    assertThat(store.total(FEED, bucket(2, 0, 50))).isEqualTo(FeedbackRow.total(first));
    assertThat(store.total(FEED, bucket(2, 50, 100))).isEqualTo(FeedbackRow.total(second));
  }

  @Test
  void keepsRowsThatAreGoneFromElsewhereThanWhatWasCompared() {
    List<FeedbackRow> rows = rows("a", 4);
    land(FEED, range(1, 0, 100), rows);
    land(FEED, bucket(2, 0, 100), rows.subList(1, 3));

    store.remove(FEED, gone(bucket(2, 0, 2)), held(rows.subList(1, 2)));

    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows.subList(1, 4));
    assertThat(store.gone(FEED, gone(bucket(2, 0, 100)))).isEqualTo(negative(rows.subList(3, 4)));
  }

  @Test
  void letsNoRowLeaveThatTheSourceMayHave() {
    List<FeedbackRow> rows = rows("a", 4);
    land(FEED, range(1, 0, 100), rows);
    land(FEED, bucket(2, 0, 100), rows.subList(1, 4));
    Window.Gone gone = gone(bucket(2, 0, 100));

    assertThatThrownBy(() -> store.remove(FEED, gone, held(rows)))
        .isInstanceOf(IncompleteException.class);
    assertThatThrownBy(() -> store.remove(FEED, gone, held(rows.subList(0, 3))))
        .isInstanceOf(IncompleteException.class);

    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows);
    assertThat(store.gone(FEED, gone)).isEqualTo(negative(rows.subList(0, 1)));
  }

  @Test
  void takesARowBackThatLeft() {
    List<FeedbackRow> rows = rows("a", 4);
    land(FEED, range(1, 0, 100), rows);
    land(FEED, bucket(2, 0, 100), rows.subList(1, 4));
    store.remove(FEED, gone(bucket(2, 0, 100)), held(rows.subList(1, 4)));

    Receipt back = land(FEED, bucket(3, 0, 100), rows);

    assertThat(back.rows(Disposition.NEW)).isEqualTo(1);
    assertThat(held(FEED)).containsExactlyInAnyOrderElementsOf(rows);
  }

  private static Window.Gone gone(Window compared) {
    return new Window.Gone(compared.horizon(), List.of(compared));
  }

  private static ControlTotal held(List<FeedbackRow> rows) {
    return new ControlTotal("control", FeedbackRow.total(rows));
  }

  private static Total negative(List<FeedbackRow> rows) {
    Total total = FeedbackRow.total(rows);
    return new Total(total.rows(), total.hashSum().negate());
  }

  /** Lands one window as the loop does. */
  protected final Receipt land(Feed feed, Window window, List<FeedbackRow> rows) {
    store.coverage(feed);
    try (BatchReader batches = RowBatches.of(allocator, rows);
        Landing landing = store.begin(feed, window)) {
      landing.land(batches);
      return landing.commit(batches.proof(), proved(rows));
    }
  }

  private static Control proved(List<FeedbackRow> rows) {
    return new Control(
        new ControlTotal("control", FeedbackRow.total(rows)), Control.Standing.PROVED);
  }

  /** A window of positions, read when the source's clock stood at that many hours. */
  protected static Window range(int hour, long from, long to) {
    return new Window.Range(horizon(hour), new Interval(from, to));
  }

  /** Positions that are read again. */
  protected static Window bucket(int hour, long from, long to) {
    return new Window.Bucket(horizon(hour), new Interval(from, to));
  }

  protected static List<FeedbackRow> rows(String prefix, int count) {
    List<FeedbackRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(FeedbackRow.of(prefix + i, "text of " + i, 1 + i % 5, i));
    }
    return rows;
  }

  private static Horizon horizon(int hour) {
    return new Horizon(Instant.EPOCH.plus(hour, ChronoUnit.HOURS), CursorScale.TIMESTAMP);
  }
}
