package ai.birdie.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Way;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Reading;
import ai.birdie.core.window.Slice;
import ai.birdie.core.window.TableVersion;
import ai.birdie.core.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store must do besides where a table is followed from version to version. */
public abstract class VersionContract extends StoreContract {

  private static final FeedbackRow ONE = FeedbackRow.of("a", "one", 1, 10);
  private static final FeedbackRow TWO = FeedbackRow.of("b", "two", 2, 20);
  private static final FeedbackRow THREE = FeedbackRow.of("c", "three", 3, 30);
  private static final FeedbackRow KEYLESS = FeedbackRow.keyless("x", 40);

  @Test
  void bringsInsertsUpdatesAndDeletesInOneWindow() {
    hold(1, ONE, TWO);
    FeedbackRow changed = FeedbackRow.of("a", "changed", 1, 10);

    Receipt receipt =
        land(
            versions(1, 2),
            RowChange.went(ONE),
            RowChange.came(changed),
            RowChange.went(TWO),
            RowChange.came(THREE));

    assertThat(held(FEED)).containsExactlyInAnyOrder(changed, THREE);
    assertThat(receipt.balances()).isTrue();
    assertThat(receipt.rows(Disposition.NEW)).isEqualTo(1);
    assertThat(receipt.rows(Disposition.CHANGED)).isEqualTo(1);
    assertThat(receipt.rows(Disposition.DELETED)).isEqualTo(1);
    assertThat(version()).contains(version(2));
  }

  @Test
  void takesWhatCameForARowThatWentWhateverItsCursor() {
    hold(1, ONE, TWO);
    FeedbackRow back = FeedbackRow.of("b", "stamped back", 2, 5);

    land(versions(1, 2), RowChange.went(TWO), RowChange.came(back));

    assertThat(held(FEED)).containsExactlyInAnyOrder(ONE, back);
    assertThat(version()).contains(version(2));
  }

  @Test
  void swapsTheKeysOfTwoRows() {
    hold(1, ONE, TWO);
    FeedbackRow one = FeedbackRow.of("b", "one", 1, 10);
    FeedbackRow two = FeedbackRow.of("a", "two", 2, 20);

    land(
        versions(1, 2),
        RowChange.went(ONE),
        RowChange.went(TWO),
        RowChange.came(one),
        RowChange.came(two));

    assertThat(held(FEED)).containsExactlyInAnyOrder(one, two);
    assertThat(version()).contains(version(2));
  }

  @Test
  void forgetsWhatCameAndWentAgain() {
    hold(1, ONE);

    Receipt receipt = land(versions(1, 3), RowChange.came(TWO), RowChange.went(TWO));

    assertThat(held(FEED)).containsExactly(ONE);
    assertThat(receipt.balances()).isTrue();
    assertThat(version()).contains(version(3));
  }

  @Test
  void countsTheCopiesOfARowWithoutAKey() {
    hold(1, KEYLESS, KEYLESS);

    land(versions(1, 2), RowChange.came(KEYLESS));
    assertThat(quarantined(FEED)).hasSize(3);
    land(versions(2, 3), RowChange.went(KEYLESS), RowChange.went(KEYLESS));

    assertThat(quarantined(FEED)).containsExactly(KEYLESS);
    assertThat(version()).contains(version(3));
  }

  @Test
  void takesWhatComesForARowThatWasMissedWhateverItsCursor() {
    hold(1, ONE, TWO);
    land(FEED, bucket(1, 15, 30), List.of());
    confirm(1, ONE);
    FeedbackRow back = FeedbackRow.of("b", "stamped back", 2, 5);

    land(versions(1, 2), RowChange.came(back));

    assertThat(held(FEED)).containsExactlyInAnyOrder(ONE, back);
    assertThat(total(2)).isEqualTo(FeedbackRow.total(List.of(ONE, back)));
    assertThat(version()).contains(version(2));
  }

  @Test
  void doublesNothingThatComesAgainAfterItWasMissed() {
    hold(1, ONE, TWO, KEYLESS);
    land(FEED, bucket(1, 15, 50), List.of());
    confirm(1, ONE);

    land(versions(1, 2), RowChange.came(TWO), RowChange.came(KEYLESS));

    assertThat(held(FEED)).containsExactlyInAnyOrder(ONE, TWO);
    assertThat(quarantined(FEED)).containsExactly(KEYLESS);
    assertThat(total(2)).isEqualTo(FeedbackRow.total(List.of(ONE, TWO, KEYLESS)));
    assertThat(version()).contains(version(2));
  }

  @Test
  void knowsWhichRowsStandBehindNewerOnes() {
    FeedbackRow older = FeedbackRow.of("a", "older", 4, 8);
    hold(1, ONE, older);

    land(versions(1, 2), RowChange.went(older));
    assertThat(held(FEED)).containsExactly(ONE);
    assertThat(version()).contains(version(2));
    FeedbackRow newer = FeedbackRow.of("a", "newer", 4, 12);
    land(versions(2, 3), RowChange.came(newer));

    assertThat(held(FEED)).containsExactly(newer);
    assertThat(total(3)).isEqualTo(FeedbackRow.total(List.of(ONE, newer)));
    assertThat(version()).contains(version(3));
  }

  @Test
  void looksAgainForWhatStoodBehindARowThatLeft() {
    FeedbackRow older = FeedbackRow.of("a", "older", 4, 8);
    hold(1, ONE, older);

    land(versions(1, 2), RowChange.went(ONE));

    assertThat(total(2)).as("to be read again").isEqualTo(Total.NONE);
    assertThat(version()).isEmpty();
    land(FEED, bucket(2, 0, 20), List.of(older));
    assertThat(held(FEED)).containsExactly(older);
  }

  @Test
  void knowsNoVersionAfterEventsOfRowsThatItDoesNotHold() {
    hold(1, ONE);

    land(versions(1, 2), RowChange.went(TWO));
    assertThat(version()).isEmpty();
    land(versions(2, 3), RowChange.came(THREE));

    assertThat(version()).as("the next window cannot mend it").isEmpty();
    store.confirm(FEED, versions(3, 4), new ControlTotal("probe", Total.NONE));
    assertThat(version()).isEmpty();
    confirm(4, ONE, THREE);
    assertThat(version()).contains(version(4));
  }

  @Test
  void knowsNoVersionBetweenSlices() {
    hold(1, ONE);
    for (Window slice : versions(1, 2).in(2)) {
      land((Window.Versions) slice);
      assertThat(version()).isEmpty();
    }
  }

  @Test
  void beginsToFollowATableThatIsEmpty() {
    confirm(1);
    assertThat(version()).contains(version(1));

    land(versions(1, 2), RowChange.came(ONE));
    assertThat(held(FEED)).containsExactly(ONE);
    assertThat(version()).contains(version(2));
  }

  @Test
  void goesOnToAVersionThatChangedNothing() {
    hold(1, ONE);
    store.confirm(FEED, versions(1, 2), new ControlTotal("probe", Total.NONE));
    assertThat(version()).contains(version(2));
  }

  @Test
  void keepsItsVersionOnlyWhileItReadsAtThat() {
    hold(1, ONE);
    land(FEED, new Window.Bucket(pinned(1), new Interval(0, 100)), List.of(ONE));
    assertThat(version()).contains(version(1));

    store.confirm(
        FEED, bucket(9, 0, 100), new ControlTotal("probe", FeedbackRow.total(List.of(ONE))));
    assertThat(version()).contains(version(1));
    land(FEED, bucket(9, 0, 100), List.of(ONE));
    assertThat(version()).isEmpty();
  }

  @Test
  void takesRowsThatWereWritten() {
    hold(1, ONE, TWO);
    FeedbackRow changed = FeedbackRow.of("a", "changed", 1, 10);

    land(FEED, written(1, 2), List.of(changed, THREE));

    assertThat(held(FEED)).containsExactlyInAnyOrder(changed, TWO, THREE);
    assertThat(version()).contains(version(2));
  }

  @Test
  void doubtsItsVersionWhereWrittenRowsAreNotTaken() {
    hold(1, ONE, KEYLESS);
    land(FEED, written(1, 2), List.of(FeedbackRow.of("a", "stamped back", 1, 5)));
    assertThat(version()).isEmpty();

    confirm(2, ONE, KEYLESS, FeedbackRow.of("a", "stamped back", 1, 5));
    land(FEED, written(2, 3), List.of(KEYLESS));
    assertThat(version()).as("it may be one more").isEmpty();
  }

  /** The store holds these rows, and knows that they are all of the version's. */
  private void hold(long version, FeedbackRow... rows) {
    land(FEED, new Window.Range(pinned(version), new Interval(0, 100)), List.of(rows));
    confirm(version, rows);
  }

  private void confirm(long version, FeedbackRow... rows) {
    Window whole = new Window.Whole(pinned(version), Optional.empty());
    store.confirm(FEED, whole, new ControlTotal("probe", FeedbackRow.total(List.of(rows))));
  }

  private Receipt land(Window.Versions window, RowChange... events) {
    List<RowChange> read = new ArrayList<>(List.of(events));
    store.coverage(FEED);
    try (BatchReader batches = RowBatches.ofChanges(allocator, read, () -> {});
        Landing landing = store.begin(FEED, window)) {
      Total total = landing.land(batches);
      assertThat(total).isEqualTo(RowChange.total(read));
      ControlTotal asked = new ControlTotal("control", RowChange.total(read));
      return landing.commit(batches.proof(), new Control(asked, Control.Standing.PROVED));
    }
  }

  private Optional<TableVersion> version() {
    return store.coverage(FEED).version();
  }

  private Total total(long version) {
    return store.total(FEED, new Window.Whole(pinned(version), Optional.empty()));
  }

  private static Window.Versions versions(long after, long upTo) {
    return new Window.Versions(
        pinned(upTo), after, version(upTo), Optional.empty(), Optional.empty(), Slice.WHOLE);
  }

  private static Window written(long after, long upTo) {
    return new Window.Written(pinned(upTo), after, Optional.empty(), Optional.empty(), Slice.WHOLE);
  }

  private static TableVersion version(long number) {
    return new TableVersion(number, Instant.EPOCH.plusSeconds(number));
  }

  private static Horizon pinned(long version) {
    return new Horizon(
        Instant.EPOCH.plusSeconds(3_600 * version),
        CursorScale.TIMESTAMP,
        new Reading(Way.CHANGES, ""),
        Optional.of(version(version)));
  }
}
