package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.ContractException;
import ai.birdie.core.error.StoreException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.TestFeeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that break their contract: kept, shown, judged again, and too many of them held. */
class QuarantineTest {

  private static final Feed REVIEWS = Stores.REVIEWS;

  private final Stores stores = new Stores();

  @TempDir private Path home;

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void keepsARowThatBreaksARuleOutOfItsView() {
    land(1, row("r-1", 3, 10), row("r-2", 9, 11));

    assertThat(query("SELECT feedback_id FROM review")).containsExactly(List.of("r-1"));
    assertThat(query("SELECT violations::VARCHAR, record->>'rating' FROM quarantine"))
        .containsExactly(List.of("['rating:out-of-range:above']", "9"));
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(reader.quarantined("reviews"))
          .containsExactly(new HeldWindow.Broken("rating:out-of-range:above", 1));
      assertThat(reader.broken("reviews", 10).getFirst().violations())
          .containsExactly("rating:out-of-range:above");
      assertThat(reader.unbalanced("reviews")).isEmpty();
    }
  }

  @Test
  void showsTheOlderSoundVersionAsStaleUntilTheRecordIsSoundAgain() {
    land(1, row("r-1", 3, 10));
    land(2, row("r-1", 9, 120));
    assertThat(query("SELECT rating, _stale FROM review")).containsExactly(List.of(3.0, true));
    assertThat(unbalanced()).isEmpty();

    land(3, row("r-1", 7, 220));
    assertThat(query("SELECT rating, _stale FROM review")).containsExactly(List.of(3.0, true));

    land(4, row("r-1", 4, 320));
    assertThat(query("SELECT rating, _stale FROM review")).containsExactly(List.of(4.0, false));
    assertThat(query("SELECT * FROM quarantine")).isEmpty();
    assertThat(unbalanced()).isEmpty();
  }

  @Test
  void showsTheOlderVersionThoughTheTableHasHadAColumnAddedSince() {
    KindStore store = new KindStore(home);
    Feed scores = TestFeeds.of(RecordKinds.CSAT);
    List<String> columns = List.of("feedback_id", "rating", "posted_at");
    store.land(scores, columns, List.of(score("a", "3", 1)));
    store.land(scores, columns, List.of(score("a", "77", 2)));

    List<String> grown = List.of("feedback_id", "rating", "posted_at", "colour");
    store.land(scores, grown, List.of(score("b", "5", 3)));

    assertThat(store.answers("SELECT feedback_id, rating, _stale FROM csat ORDER BY 1"))
        .containsExactly("a | 3.0 | true", "b | 5.0 | false");
  }

  private static TextBatches.Row score(String id, String rating, long cursor) {
    return new TextBatches.Row(
        Map.of("feedback_id", id, "rating", rating, "posted_at", "2026-03-02T09:00:00Z"), cursor);
  }

  @Test
  void judgesEveryRowAgainWhenTheMappingChanges() {
    land(1, row("r-1", 3, 10), row("r-2", 9, 11));
    Feed unrated = REVIEWS.mapped(new Mapping(new TreeMap<>(), Set.of("rating")));
    Feed worded =
        REVIEWS.mapped(
            Mapping.of(Map.of("rating", Origin.of("rating").meaning(Map.of("3", "30")))));

    assertThat(judge(unrated)).isEqualTo(1);
    assertThat(
            query(
                "SELECT feedback_id, rating IS NULL, additional_fields->>'rating' FROM review ORDER BY 1"))
        .containsExactly(List.of("r-1", true, "3"), List.of("r-2", true, "9"));
    assertThat(judge(unrated)).isZero();

    assertThat(judge(worded)).isEqualTo(2);
    assertThat(query("SELECT feedback_id FROM review")).isEmpty();
    assertThat(judge(REVIEWS)).isEqualTo(1);
    assertThat(query("SELECT feedback_id FROM review")).containsExactly(List.of("r-1"));
    assertThat(unbalanced()).isEmpty();
  }

  @Test
  void holdsAWindowOfWhichTooManyRowsBreakARule() {
    List<FeedbackRow> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      rows.add(FeedbackRow.of("r-" + i, "text", i < 100 ? 9 : 3, i % 100));
    }
    try (Store store = stores.open(home)) {
      assertThatThrownBy(() -> stores.land(store, REVIEWS, 1, rows))
          .isInstanceOf(ContractException.class)
          .hasMessageContaining("100 of its 1,000 rows break the contract, more than 5 %")
          .hasMessageContaining("rating:out-of-range:above (100)");
      assertThat(store.coverage(REVIEWS).intervals()).isEmpty();
    }
    try (StoreReader reader = StoreReader.open(home)) {
      HeldWindow held = reader.held("reviews").getFirst();
      assertThat(held.broken()).isEqualTo(100);
      assertThat(held.rules())
          .containsExactly(new HeldWindow.Broken("rating:out-of-range:above", 100));
      assertThat(query(reader, "SELECT count(*) FROM birdie.held_row"))
          .containsExactly(List.of(100L));
    }
    try (DuckStore store = stores.open(home)) {
      assertThatThrownBy(() -> store.accept(List.of("reviews"), 99))
          .isInstanceOf(ConfigException.class);
      store.accept(List.of("reviews"), 1);
      stores.land(store, REVIEWS, 1, rows);
    }
    assertThat(query("SELECT count(*) FROM quarantine")).containsExactly(List.of(100L));
    assertThat(query("SELECT count(*) FROM birdie.held")).containsExactly(List.of(0L));
    try (Store store = stores.open(home)) {
      stores.land(store, REVIEWS, 1, rows); // they are known by now
    }
    assertThat(unbalanced()).isEmpty();
  }

  @Test
  void evidenceThatCouldNotBeKeptIsNotCommittedByWhatComesNext() {
    List<FeedbackRow> broken = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      broken.add(row("r-" + i, 9, i));
    }
    Database.Watch full =
        statement -> {
          if (statement.startsWith("INSERT INTO birdie.held_row")) {
            throw new StoreException("The disk is full.", "Free some of it.");
          }
        };
    try (Store store = stores.open(home, full)) {
      assertThatThrownBy(() -> stores.land(store, REVIEWS, 1, broken))
          .isInstanceOf(StoreException.class);
      stores.land(store, REVIEWS, 2, List.of(row("r-1", 3, 10)));
    }
    assertThat(query("SELECT count(*) FROM birdie.held")).containsExactly(List.of(0L));
    assertThat(query("SELECT feedback_id FROM review")).containsExactly(List.of("r-1"));
    assertThat(unbalanced()).isEmpty();
  }

  @Test
  void landsAWindowWithFewBrokenRowsWhateverTheirShare() {
    List<FeedbackRow> rows = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      rows.add(FeedbackRow.of("r-" + i, "text", 9, i));
    }
    try (Store store = stores.open(home)) {
      stores.land(store, REVIEWS, 1, rows);
    }
    assertThat(query("SELECT count(*) FROM quarantine")).containsExactly(List.of(99L));
  }

  private static FeedbackRow row(String id, int rating, long position) {
    return FeedbackRow.of(id, "text", rating, position);
  }

  private void land(int hour, FeedbackRow... rows) {
    try (Store store = stores.open(home)) {
      stores.land(store, REVIEWS, hour, List.of(rows));
    }
  }

  private long judge(Feed feed) {
    try (Store store = stores.open(home)) {
      return store.judge(feed);
    }
  }

  private Iterable<Long> unbalanced() {
    try (StoreReader reader = StoreReader.open(home)) {
      return reader.unbalanced("reviews");
    }
  }

  private List<List<@Nullable Object>> query(String sql) {
    try (StoreReader reader = StoreReader.open(home)) {
      return query(reader, sql);
    }
  }

  private static List<List<@Nullable Object>> query(StoreReader reader, String sql) {
    return Stores.query(reader, sql);
  }
}
