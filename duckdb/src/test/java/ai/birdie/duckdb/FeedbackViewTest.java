package ai.birdie.duckdb;

import static ai.birdie.core.kind.RecordKinds.ACCOUNT;
import static ai.birdie.core.kind.RecordKinds.NPS;
import static ai.birdie.core.kind.RecordKinds.SUPPORT_TICKET;
import static ai.birdie.core.kind.RecordKinds.USER;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.duckdb.TextBatches.Row;
import ai.birdie.testkit.TestFeeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackViewTest {

  private static final long SEED = Long.getLong("birdie.seed", System.nanoTime());
  private static final String POSTED = "2026-03-02T09:00:00Z";

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path home;

  @SuppressWarnings("NullAway.Init") // made before each test
  private KindStore store;

  @BeforeEach
  void make() {
    store = new KindStore(home);
  }

  private void landAnswers() {
    store.land(
        TestFeeds.of(NPS),
        List.of(answer("n-1", "a-1", "u-1"), answer("n-2", "a-2", "u-9"), answer("n-3", "", "")));
  }

  private void landAccounts() {
    store.land(
        TestFeeds.of(ACCOUNT),
        List.of(
            new Row(Map.of("account_id", "a-1", "name", "Acme"), 1),
            new Row(Map.of("account_id", "a-7", "name", "Nobody"), 1)));
  }

  private void landUsers() {
    store.land(
        TestFeeds.of(USER),
        List.of(new Row(Map.of("author_id", "u-1", "name", "Ada", "account_id", "a-1"), 1)));
  }

  @Test
  void joinsWhoSaidItInWhateverOrderTheyCame() {
    List<Runnable> landings =
        new ArrayList<>(List.of(this::landAnswers, this::landAccounts, this::landUsers));
    Collections.shuffle(landings, new Random(SEED));
    landings.forEach(Runnable::run);

    assertThat(
            store.answers(
                "SELECT kind, feedback_id, rating, account_name, user_name FROM feedback ORDER BY feedback_id"))
        .as("seed " + SEED)
        .containsExactly(
            "nps | n-1 | 9.0 | Acme | Ada",
            "nps | n-2 | 9.0 | null | null",
            "nps | n-3 | 9.0 | null | null");
  }

  @Test
  void hasWhatCustomersSaidInConversations() {
    store.land(
        TestFeeds.of(SUPPORT_TICKET),
        List.of(
            message("1", "customer"),
            message("2", "agent"),
            message("3", "bot"),
            message("4", "visitor")));

    assertThat(
            store.answers(
                "SELECT kind, conversation_id, feedback_id, rating FROM feedback ORDER BY feedback_id"))
        .containsExactly("support_ticket | c | 1 | null", "support_ticket | c | 4 | null");
  }

  @Test
  void showsHowManyIdsAreThoseOfAccountsAndUsers() {
    landAnswers();
    assertThat(store.status("nps").accountIds()).contains(new FeedStatus.Ids(2, 0));
    landAccounts();
    landUsers();

    FeedStatus status = store.status("nps");

    assertThat(status.accountIds()).contains(new FeedStatus.Ids(2, 1));
    assertThat(status.accountIds().orElseThrow().share()).contains(0.5);
    assertThat(status.authorIds()).contains(new FeedStatus.Ids(2, 1));
    assertThat(store.status("account").accountIds()).isEmpty();
    assertThat(store.status("user").accountIds()).contains(new FeedStatus.Ids(1, 1));
  }

  private static Row answer(String id, String account, String author) {
    return new Row(
        Map.of(
            "feedback_id", id,
            "posted_at", POSTED,
            "rating", "9",
            "account_id", account,
            "author_id", author),
        1);
  }

  private static Row message(String id, String type) {
    return new Row(
        Map.of(
            "conversation_id",
            "c",
            "message_id",
            id,
            "posted_at",
            POSTED,
            "text",
            "words",
            "rating",
            "3",
            "author_type",
            type),
        1);
  }
}
