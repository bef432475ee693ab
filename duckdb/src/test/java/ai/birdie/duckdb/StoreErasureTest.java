package ai.birdie.duckdb;

import static ai.birdie.core.kind.RecordKinds.CSAT;
import static ai.birdie.core.kind.RecordKinds.ISSUE;
import static ai.birdie.core.kind.RecordKinds.NPS;
import static ai.birdie.core.kind.RecordKinds.REFERENCE;
import static ai.birdie.core.kind.RecordKinds.USER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.ContractException;
import ai.birdie.core.error.StoreException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Mapping;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.duckdb.StoreBackup.Existing;
import ai.birdie.duckdb.StoreErasure.Erased;
import ai.birdie.duckdb.StoreErasure.FeedRows;
import ai.birdie.duckdb.TextBatches.Row;
import ai.birdie.testkit.TestFeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who are erased from real stores, and what is left of them. */
class StoreErasureTest {

  private static final Feed ANSWERS = TestFeeds.of(NPS);
  private static final Feed USERS = TestFeeds.of(USER);
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  private static final String POSTED = "2026-03-02T09:00:00Z";

  /** Ours to erase; another's id begins with it. */
  private static final String ID = "person-4711";

  private static final String OTHER_ID = "person-47110";

  /** No byte of these may stay. */
  private static final List<String> PERSONAL =
      List.of("what she wrote", "what she wrote later", "what was wrong with it", "Her Name");

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path home;

  @SuppressWarnings("NullAway.Init") // made before each test
  private KindStore store;

  @BeforeEach
  void fill() {
    home = folder.resolve("home");
    store = new KindStore(home);
    store.land(
        ANSWERS,
        List.of(
            answer("a", ID, "what she wrote", "9", 1),
            answer("b", ID, "what was wrong with it", "99", 2),
            answer("c", OTHER_ID, "what another wrote", "8", 3),
            new Row(Map.of("feedback_id", "d", "rating", "7", "posted_at", POSTED), 4)));
    store.land(
        USERS,
        List.of(
            new Row(Map.of("author_id", ID, "name", "Her Name"), 1),
            new Row(Map.of("author_id", OTHER_ID, "name", "Another"), 2)));
  }

  private static Row answer(String id, String author, String text, String rating, long cursor) {
    Map<String, String> values = new HashMap<>();
    values.put("feedback_id", id);
    values.put("author_id", author);
    values.put("text", text);
    values.put("rating", rating);
    values.put("posted_at", POSTED);
    return new Row(values, cursor);
  }

  private Erased erase(String id) {
    return StoreErasure.erase(home, id, NOW, new Random(1));
  }

  @Test
  void leavesNothingOfThePersonButWhatCountsHerRows() throws IOException {
    assertThat(bytes(home)).contains("what she wrote", "Her Name", ID);

    Erased erased = erase(ID);

    assertThat(erased.feeds())
        .containsExactlyInAnyOrder(new FeedRows("nps", 2, 0), new FeedRows("user", 1, 0));
    assertThat(store.answers("SELECT feedback_id FROM nps ORDER BY 1")).containsExactly("c", "d");
    assertThat(store.answers("SELECT name FROM \"user\"")).containsExactly("Another");
    assertThat(store.answers("SELECT * FROM quarantine")).isEmpty();
    assertThat(store.answers("SELECT count(*) FROM feedback")).containsExactly("2");
    assertNothingPersonal(home);
    assertHolds();
  }

  @Test
  void issuesARecordThatDoesNotNameHer() {
    Erased erased = erase(ID);

    assertThat(
            store.answers(
                "SELECT person, epoch(erased_at)::BIGINT, feed, row_count FROM birdie.erasure ORDER BY feed"))
        .containsExactly(
            erased.person() + " | " + NOW.getEpochSecond() + " | nps | 2",
            erased.person() + " | " + NOW.getEpochSecond() + " | user | 1");
    assertThat(erased.person()).doesNotContain(ID).hasSize(64);
  }

  @Test
  void keepsHerOutOfWhateverComesLater() throws IOException {
    erase(ID);

    store.land(
        ANSWERS,
        List.of(
            answer("a", ID, "what she wrote", "9", 1), // as it was
            answer("b", ID, "what she wrote later", "5", 20), // mended
            answer("c", OTHER_ID, "what another wrote", "8", 3),
            answer("e", ID, "what she wrote later", "3", 21)));
    store.land(USERS, List.of(new Row(Map.of("author_id", ID, "name", "Her Name"), 9)));

    assertThat(store.answers("SELECT feedback_id FROM nps ORDER BY 1")).containsExactly("c", "d");
    assertThat(store.answers("SELECT * FROM quarantine")).isEmpty();
    assertThat(store.answers("SELECT name FROM \"user\"")).containsExactly("Another");
    Receipt receipt = lastReceipt("nps");
    assertThat(receipt.rows(Disposition.IDENTICAL)).isEqualTo(2);
    assertThat(receipt.rows(Disposition.SUPPRESSED)).isEqualTo(2);
    assertThat(receipt.rows(Disposition.NEW) + receipt.rows(Disposition.CHANGED)).isZero();
    assertThat(lastReceipt("user").rows(Disposition.SUPPRESSED)).isEqualTo(1);
    assertNothingPersonal(home);
    assertHolds();
  }

  @Test
  void showsARecordAgainThatTurnsOutToBeAnothers() {
    erase(ID);

    store.land(ANSWERS, List.of(answer("a", OTHER_ID, "what another wrote", "4", 30)));

    assertThat(store.answers("SELECT text FROM nps WHERE feedback_id = 'a'"))
        .containsExactly("what another wrote");
    assertThat(lastReceipt("nps").rows(Disposition.CHANGED)).isEqualTo(1);
    assertHolds();
  }

  @Test
  void keepsHerOutOfTheStoreThatFollowsOneOfAnOlderFormat() throws IOException {
    erase(ID);
    try (Database database = Database.openForWriting(home.resolve(DuckStore.FILE))) {
      database.execute("UPDATE birdie.store SET format = 0");
      database.commit();
    }
    Path list = home.resolve("suppressed");
    assertThatThrownBy(() -> store.land(ANSWERS, List.of()))
        .isInstanceOfSatisfying(
            StoreException.class,
            e ->
                assertThat(e.remedy().orElseThrow())
                    .contains("copy " + list + " into the new folder first, as suppressed"));

    home = Files.createDirectory(folder.resolve("next"));
    Files.copy(list, home.resolve("suppressed"));
    store = new KindStore(home);
    store.land(
        ANSWERS,
        List.of(
            answer("a", ID, "what she wrote", "9", 1),
            answer("c", OTHER_ID, "what another wrote", "8", 3)));

    assertThat(store.answers("SELECT feedback_id FROM nps")).containsExactly("c");
    assertNothingPersonal(home);
  }

  @Test
  void takesMessagesThatAreKnownByTwoColumns() throws IOException {
    Feed messages = TestFeeds.of(ISSUE);
    store.land(
        messages,
        List.of(
            message("c", "1", ID, "what she wrote", 1),
            message("c", "2", OTHER_ID, "what another wrote", 2),
            message("d", "1", ID, " ", 3)));

    assertThat(erase(ID).feeds()).contains(new FeedRows("issue", 2, 0));

    store.land(messages, List.of(message("c", "1", ID, "what she wrote later", 9)));
    assertThat(store.answers("SELECT conversation_id, message_id FROM issue"))
        .containsExactly("c | 2");
    assertThat(store.answers("SELECT * FROM quarantine WHERE _feed = 'issue'")).isEmpty();
    assertThat(lastReceipt("issue").rows(Disposition.SUPPRESSED)).isEqualTo(1);
    assertNothingPersonal(home);
    assertHolds();
  }

  private static Row message(
      String conversation, String message, String author, String text, long cursor) {
    return new Row(
        Map.of(
            "conversation_id",
            conversation,
            "message_id",
            message,
            "author_id",
            author,
            "text",
            text,
            "posted_at",
            POSTED),
        cursor);
  }

  @Test
  void takesRowsOfAReferenceTableByTheColumnOfThatName() throws IOException {
    Feed orders = orders();
    List<String> columns = List.of("order_id", "Author_Id", "note");
    store.land(
        orders,
        columns,
        List.of(
            order("1", ID, "what she wrote", 1), order("2", OTHER_ID, "what another wrote", 2)));

    assertThat(erase(ID).feeds()).contains(new FeedRows("orders", 1, 0));

    store.land(orders, columns, List.of(order("3", ID, "what she wrote later", 9)));
    assertThat(store.answers("SELECT order_id FROM orders")).containsExactly("2");
    assertNothingPersonal(home);
    assertHolds();
  }

  private static Feed orders() {
    return new Feed(
        "orders",
        ANSWERS.workspace(),
        ANSWERS.table(),
        REFERENCE,
        List.of("order_id"),
        ANSWERS.cursor(),
        Optional.empty(),
        Optional.empty(),
        ANSWERS.lag(),
        ANSWERS.settle(),
        ANSWERS.windowRows());
  }

  private static Row order(String id, String author, String note, long cursor) {
    return new Row(Map.of("order_id", id, "Author_Id", author, "note", note), cursor);
  }

  @Test
  void takesTheOlderVersionToo() throws IOException {
    store.land(ANSWERS, List.of(answer("a", ID, "what was wrong with it", "77", 30)));
    assertThat(store.answers("SELECT text FROM nps WHERE _stale"))
        .containsExactly("what she wrote");

    Erased erased = erase(ID);

    assertThat(erased.feeds()).contains(new FeedRows("nps", 2, 1));
    assertNothingPersonal(home);
    assertHolds();
  }

  @Test
  void takesTheRowsOutWithWhichAWindowWasHeld() throws IOException {
    List<Row> broken = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String author = i % 10 == 0 ? ID : OTHER_ID;
      broken.add(answer("held-" + i, author, "what was wrong with it", "77", 30));
    }
    assertThatThrownBy(() -> store.land(ANSWERS, broken)).isInstanceOf(ContractException.class);
    assertThat(store.answers("SELECT count(*) FROM birdie.held_row")).containsExactly("200");

    assertThat(erase(ID).heldRows()).isEqualTo(20);

    assertThat(store.answers("SELECT count(*) FROM birdie.held_row")).containsExactly("180");
    assertThat(bytes(home).replace(OTHER_ID, "")).doesNotContain(ID);
    assertHolds();
  }

  @Test
  void erasesHerAgainFromABackupThatIsOlder() throws IOException {
    Path backup = StoreBackup.take(home, folder.resolve("old"), NOW).file();
    assertThat(bytes(folder)).contains("what she wrote");
    erase(ID);

    StoreBackup.restore(backup, home, Existing.IS_KEPT_ASIDE, NOW.plusSeconds(1));

    assertThat(store.answers("SELECT feedback_id FROM nps ORDER BY 1")).containsExactly("c", "d");
    assertNothingPersonal(home);
    assertHolds();
  }

  @Test
  void purgesABackupThatWasTakenBeforeTheFileWasWrittenAnew() throws IOException {
    SuppressionList list = SuppressionList.only(SuppressionList.nobody().person(ID, new Random(1)));
    list.keep(home);
    try (Database database = Database.openForWriting(home.resolve(DuckStore.FILE))) {
      StoreErasure.again(database, list, NOW);
      database.checkpoint();
    }
    Path backup = StoreBackup.take(home, folder.resolve("between"), NOW).file();
    assertThat(Files.readString(backup, ISO_8859_1)).contains("what she wrote");

    StoreBackup.restore(backup, home, Existing.IS_KEPT_ASIDE, NOW.plusSeconds(1));

    assertNothingPersonal(home);
    assertHolds();
    Files.delete(home.resolve("suppressed"));
    assertThatThrownBy(() -> store.land(ANSWERS, List.of())).isInstanceOf(StoreException.class);
  }

  @Test
  void takesWhatWasSpiltToo() throws IOException {
    Path left = Files.createDirectories(home.resolve("spill")).resolve("duckdb_temp_block-1.block");
    Files.writeString(left, "what she wrote");

    erase(ID);

    assertThat(left).doesNotExist();
  }

  @Test
  void goesOnWhereTheColumnOfAuthorsComesAndGoes() {
    List<String> without = List.of("feedback_id", "rating", "posted_at");
    Feed others = TestFeeds.of(CSAT);
    store.land(others, without, List.of(score("a", "3", 1)));
    store.land(others, without, List.of(score("a", "77", 2)));
    assertThat(store.answers("SELECT rating FROM csat WHERE _stale")).containsExactly("3.0");
    erase(ID);

    store.land(others, List.of(answer("b", ID, "what she wrote", "4", 3), score("c", "5", 4)));
    assertThat(store.answers("SELECT feedback_id FROM csat WHERE NOT _stale")).containsExactly("c");
    store.land(others, without, List.of(score("d", "2", 5)));
    assertThat(store.answers("SELECT feedback_id FROM csat WHERE NOT _stale ORDER BY 1"))
        .containsExactly("c", "d");
    assertHolds();
  }

  private static Row score(String id, String rating, long cursor) {
    return new Row(Map.of("feedback_id", id, "rating", rating, "posted_at", POSTED), cursor);
  }

  @Test
  void erasesNobodyWhoIsNotNamed() {
    assertThatThrownBy(() -> erase(" ")).isInstanceOf(ConfigException.class);
    assertThat(home.resolve("suppressed")).doesNotExist();
  }

  @Test
  void takesTheListAlongWithABackup() throws IOException {
    erase(ID);
    Path backup = StoreBackup.take(home, folder.resolve("new"), NOW).file();
    Path elsewhere = folder.resolve("elsewhere");
    StoreBackup.restore(backup, elsewhere, Existing.STAYS, NOW);

    KindStore restored = new KindStore(elsewhere);
    restored.land(ANSWERS, List.of(answer("f", ID, "what she wrote", "9", 5)));

    assertThat(restored.answers("SELECT feedback_id FROM nps ORDER BY 1"))
        .containsExactly("c", "d");
    assertNothingPersonal(elsewhere);
  }

  @Test
  void landsNothingWhereTheListIsLostOrDamaged() throws IOException {
    erase(ID);
    Path list = home.resolve("suppressed");
    byte[] bytes = Files.readAllBytes(list);

    Files.delete(list);
    assertThatThrownBy(() -> store.land(ANSWERS, List.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not on its list of erased people");
    assertThatThrownBy(() -> erase(OTHER_ID)).isInstanceOf(StoreException.class);
    Files.writeString(list, "half a line");
    assertThatThrownBy(() -> store.land(ANSWERS, List.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be read");

    Files.write(list, bytes);
    store.land(ANSWERS, List.of(answer("f", ID, "what she wrote", "9", 5)));
    assertThat(store.answers("SELECT feedback_id FROM nps ORDER BY 1")).containsExactly("c", "d");
  }

  @Test
  void findsHerByTheColumnThatNamesTheAuthorNow() throws IOException {
    Feed unnamed = ANSWERS.mapped(new Mapping(new TreeMap<>(), Set.of("author_id")));
    judge(unnamed);
    assertThat(erase(ID).feeds()).containsExactly(new FeedRows("user", 1, 0));
    assertThat(store.answers("SELECT count(*) FROM nps")).containsExactly("3");

    judge(ANSWERS);

    assertThat(store.answers("SELECT feedback_id FROM nps ORDER BY 1")).containsExactly("c", "d");
    assertThat(store.answers("SELECT * FROM quarantine")).isEmpty();
    StoreCompaction.run(home);
    assertNothingPersonal(home);
    assertHolds();
  }

  private void judge(Feed feed) {
    try (Stores stores = new Stores();
        DuckStore opened = stores.open(home)) {
      opened.judge(feed);
    }
  }

  @Test
  void canBeDoneAgain() throws IOException {
    erase("somebody who is not there");
    Erased erased = erase(ID);
    assertThat(erased.feeds()).hasSize(2);
    assertThat(Files.readAllLines(home.resolve("suppressed"))).hasSize(2);

    Erased again = erase(ID);
    assertThat(again.person()).isEqualTo(erased.person());
    assertThat(again.feeds()).isEmpty();
    assertThatThrownBy(() -> StoreErasure.erase(folder, ID, NOW, new Random(1)))
        .isInstanceOf(ConfigException.class);
  }

  private Receipt lastReceipt(String feed) {
    try (StoreReader reader = StoreReader.open(home)) {
      return reader.receipts(feed).getLast();
    }
  }

  private void assertHolds() {
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(reader.verify().failure()).isEmpty();
    }
  }

  /** The store's files, that of a former store beside it excepted. */
  private static void assertNothingPersonal(Path home) throws IOException {
    String bytes = Files.readString(home.resolve(DuckStore.FILE), ISO_8859_1);
    assertThat(bytes).doesNotContain(PERSONAL);
    assertThat(bytes.replace(OTHER_ID, "")).doesNotContain(ID);
    assertThat(Files.readString(home.resolve("suppressed"), UTF_8)).doesNotContain(ID);
  }

  private static String bytes(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, ISO_8859_1));
      }
    }
    return all.toString();
  }
}
