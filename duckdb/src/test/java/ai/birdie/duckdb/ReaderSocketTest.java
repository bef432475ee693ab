package ai.birdie.duckdb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.StoreException;
import ai.birdie.core.ingest.Store;
import ai.birdie.duckdb.ReaderSocket.Patience;
import ai.birdie.testkit.FeedbackRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions about a store that another process holds. */
class ReaderSocketTest {

  /** Takes longer than anybody has. */
  private static final String ENDLESS =
      "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range % 7 = b.range % 11";

  /** A value of each of DuckDB's types, and columns of one name. */
  private static final String ALL_TYPES =
      """
      SELECT 1::HUGEINT, 2::UHUGEINT, 3::UTINYINT, 1.5::DECIMAL(38,2), 2.5::FLOAT, true,
        '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::UUID AS id, '{"a": [1]}'::JSON, 'a'::ENUM('a', 'b'),
        '101'::BIT, 'bytes'::BLOB, DATE '2020-01-01', TIME '01:02:03', '12:00:00+01'::TIMETZ,
        TIMESTAMP '2020-01-01 00:00:00.123456', TIMESTAMPTZ '2020-01-01 00:00:00.123456+00',
        TIMESTAMP_NS '2020-01-01 00:00:00.123456789', INTERVAL 1 MONTH, MAP {'a': 1},
        {'x': 1::HUGEINT, 'y': '[1]'::JSON}, [1, NULL], ['{}'::JSON], array_value(1, 2), 5::VARIANT,
        NULL, 'one' AS twin, 'other' AS twin, 'ü€😀'
      """;

  private static final List<String> NOT_ANSWERED =
      List.of(
          "DELETE FROM birdie.receipt",
          "COMMIT; DELETE FROM birdie.receipt; SELECT 1",
          "SELECT 1; DELETE FROM birdie.receipt",
          "ROLLBACK",
          "CREATE TABLE main.mine AS SELECT 1",
          "SET memory_limit = '10GB'",
          "COPY review TO 'file'",
          "",
          "SELECT nothing FROM review",
          "SELEC 1");

  private final Stores stores = new Stores();
  private final BufferAllocator allocator = new RootAllocator();

  @TempDir private Path home;

  @BeforeEach
  void fill() {
    stores.fill(home);
    try (Store store = stores.open(home)) {
      stores.land(
          store, Stores.REVIEWS, 3, List.of(FeedbackRow.of("bad", "out of range", 99, 250)));
    }
  }

  @AfterEach
  void close() {
    stores.close();
    allocator.close();
  }

  @Test
  void answersAsTheFileDoes() throws Exception {
    List<Object> fromTheFile;
    try (StoreReader reader = StoreReader.open(home)) {
      fromTheFile = everything(reader);
    }
    try (OtherProcess holder = OtherProcess.start("hold", home)) {
      holder.awaitLine("holding");
      assertThatThrownBy(() -> StoreReader.open(home)).hasMessageContaining("in use by process");

      try (StoreReader reader = ask()) {
        assertThat(everything(reader)).isEqualTo(fromTheFile);
      }
    }
  }

  private static List<Object> everything(StoreReader reader) {
    List<Object> all = new ArrayList<>();
    all.add(reader.feeds());
    all.add(reader.receipts("reviews"));
    all.add(reader.quarantined("reviews"));
    all.add(reader.held());
    all.add(reader.broken("reviews", 10));
    reader.eachBroken("reviews", all::add);
    all.add(reader.unbalanced("reviews"));
    all.add(reader.displaced());
    all.add(reader.seals());
    all.add(reader.altered());
    all.add(reader.missing());
    List<String> contents = Stores.contents(reader);
    contents.removeIf(table -> table.startsWith("birdie.\"store\"=")); // which counts openings
    all.add(contents);
    all.add(Stores.query(reader, ALL_TYPES));
    all.add(Stores.query(reader, "SHOW TABLES"));
    all.add(Stores.query(reader, "FROM review ORDER BY _feed, feedback_id"));
    all.add(Stores.query(reader, "FROM review WHERE false"));
    return all;
  }

  @Test
  void showsWhatWasCommittedWhenItWasAskedFirst() throws Exception {
    try (OtherProcess holder = OtherProcess.start("hold", home)) {
      holder.awaitLine("holding");
      holder.goOn();
      holder.awaitLine("landed");
      try (StoreReader before = ask()) {
        assertThat(count(before, "text LIKE 'of 10%'")).isZero();
        holder.goOn();
        holder.awaitLine("committed");

        assertThat(count(before, "text LIKE 'of 10%'")).isZero();
        assertThat(before.unbalanced("reviews")).isEmpty();
        try (StoreReader after = ask()) {
          assertThat(count(after, "text LIKE 'of 10%'")).isEqualTo(100);
          assertThat(after.unbalanced("reviews")).isEmpty();
        }
      }
      holder.endInput();
      assertThat(holder.awaitEnd()).isZero();
    }
    try (StoreReader reader = ask()) {
      assertThat(count(reader, "text LIKE 'of 10%'")).isEqualTo(100);
      assertThat(reader.verify().failure()).isEmpty();
    }
    assertThat(home.resolve("socket")).doesNotExist();
  }

  @Test
  void answersNothingButOneQuery() throws Exception {
    try (OtherProcess holder = OtherProcess.start("hold", home)) {
      holder.awaitLine("holding");
      for (String sql : NOT_ANSWERED) {
        try (StoreReader reader = ask()) {
          assertThatThrownBy(() -> Stores.query(reader, sql))
              .as(sql)
              .isInstanceOf(ConfigException.class)
              .hasMessageStartingWith("The query failed: ");
        }
      }
      try (StoreReader reader = ask()) {
        assertThat(reader.receipts("reviews")).hasSize(3);
        assertThat(reader.missing()).isEmpty();
      }
    }
  }

  @Test
  void givesAnAnswerOfManyBatchesWhole() throws Exception {
    String sql = "SELECT range, repeat('x', 100) FROM range(300000) ORDER BY range DESC";
    try (OtherProcess holder = OtherProcess.start("hold", home)) {
      holder.awaitLine("holding");
      try (StoreReader reader = ask()) {
        List<List<@Nullable Object>> rows = Stores.query(reader, sql);
        assertThat(rows).hasSize(300_000);
        assertThat(rows.getFirst().getFirst()).isEqualTo(299_999L);
        assertThat(rows.getLast().getFirst()).isEqualTo(0L);
      }
    }
  }

  @Test
  void saysThatAnAnswerFailedInTheMidstOfIt() throws Exception {
    String sql =
        "SELECT CASE WHEN range < 200000 THEN range ELSE error('no further') END FROM range(300000)";
    try (OtherProcess holder = OtherProcess.start("hold", home)) {
      holder.awaitLine("holding");
      try (StoreReader reader = ask()) {
        assertThatThrownBy(() -> Stores.query(reader, sql)).hasMessageContaining("no further");
      }
    }
  }

  @Test
  void readsTheFileOfAHolderThatWasKilledAndLetsTheNextOneAnswer() throws Exception {
    try (OtherProcess killed = OtherProcess.start("hold", home)) {
      killed.awaitLine("holding");
    }
    assertThat(home.resolve("socket")).exists();
    try (StoreReader reader = ask()) {
      assertThat(reader.receipts("reviews")).hasSize(3);
    }
    try (OtherProcess next = OtherProcess.start("hold", home)) {
      next.awaitLine("holding");
      assertThat(Files.getPosixFilePermissions(home.resolve("socket")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      try (StoreReader reader = ask()) {
        assertThat(reader.receipts("reviews")).hasSize(3);
      }
    }
  }

  @Test
  void saysThatWhoAnsweredHasEnded() throws Exception {
    try (OtherProcess holder = OtherProcess.start("hold", home)) {
      holder.awaitLine("holding");
      try (StoreReader reader = ask()) {
        holder.signal("KILL");
        assertThat(holder.awaitEnd()).isNotZero();
        assertThatThrownBy(reader::feeds)
            .isInstanceOfSatisfying(StoreException.class, ReaderSocketTest::saysWhoIsSilent);
      }
    }
  }

  @Test
  void cutsOffAConversationThatLastsTooLong() {
    Patience little = new Patience(Duration.ofSeconds(3), Duration.ofMinutes(1));
    try (Held held = new Held(home, little);
        StoreReader reader = ask()) {
      assertThatThrownBy(() -> Stores.query(reader, ENDLESS))
          .isInstanceOfSatisfying(StoreException.class, ReaderSocketTest::saysWhoIsSilent);
      held.letGo();
    }
  }

  /** In the midst of an answer, too. */
  @Test
  void cutsOffAnAnswerThatDoesNotEnd() {
    Patience little = new Patience(Duration.ofMillis(700), Duration.ofMinutes(1));
    try (Held held = new Held(home, little);
        StoreReader reader = ask()) {
      assertThatThrownBy(
              () -> Stores.query(reader, "SELECT md5(range::VARCHAR) FROM range(100000000000)"))
          .isInstanceOfSatisfying(StoreException.class, ReaderSocketTest::saysWhoIsSilent);
      held.letGo();
    }
  }

  /** And gives no advice by which a sound store would be replaced. */
  private static void saysWhoIsSilent(StoreException failure) {
    assertThat(failure).hasMessageContaining(StoreHolder.SILENT);
    assertThat(failure.remedy().orElseThrow()).doesNotContain("damaged").contains("again");
  }

  @Test
  void closesThoughSomebodyStillAsks() {
    Patience little = new Patience(Duration.ofMinutes(10), Duration.ofMillis(300));
    try (Held held = new Held(home, little);
        StoreReader reader = ask()) {
      CompletableFuture<Throwable> failure = failureOfTheEndless(reader);

      held.letGo();

      assertThat(failure.join()).hasMessageContaining(StoreHolder.SILENT);
    }
  }

  @Test
  void endsConversationsAtOnceWhereTheRunIsToStop() {
    Patience usual = new Patience(Duration.ofMinutes(10), Duration.ofMinutes(10));
    try (Held held = new Held(home, usual);
        StoreReader reader = ask()) {
      CompletableFuture<Throwable> failure = failureOfTheEndless(reader);

      Thread.currentThread().interrupt();
      held.socket.close();

      assertThat(Thread.getAllStackTraces().values())
          .flatExtracting(List::of)
          .extracting(StackTraceElement::getClassName)
          .doesNotContain(Conversation.class.getName());
      assertThat(Thread.interrupted()).as("still to stop").isTrue();
      assertThat(failure.join()).hasMessageContaining(StoreHolder.SILENT);
    }
  }

  /** How the question ends, which another thread asks from now on. */
  private static CompletableFuture<Throwable> failureOfTheEndless(StoreReader reader) {
    return CompletableFuture.supplyAsync(() -> Stores.query(reader, ENDLESS))
        .handle((_, thrown) -> thrown);
  }

  /** A store's file, held in this process with a patience of the test's. */
  private final class Held implements AutoCloseable {

    private final Database database;
    private final ReaderSocket socket;

    Held(Path home, Patience patience) {
      database = Database.openForWriting(home.resolve(DuckStore.FILE), 1, Database.Watch.NONE);
      socket = ReaderSocket.open(home, database.readers(), allocator, patience).orElseThrow();
    }

    void letGo() {
      socket.close();
      database.close();
    }

    @Override
    public void close() {
      letGo();
    }
  }

  @Test
  void answersNobodyWhereTheFolderCannotHoldASocket() throws IOException {
    Path deep = Files.createDirectories(home.resolve("d".repeat(120)));
    stores.fill(deep);
    try (StoreReader reader = StoreReader.openOrAsk(deep, allocator)) {
      assertThat(reader.receipts("reviews")).hasSize(2);
    }
  }

  private StoreReader ask() {
    return StoreReader.openOrAsk(home, allocator);
  }

  private static long count(StoreReader reader, String condition) {
    String sql = "SELECT count(*) FROM review WHERE _feed = 'reviews' AND " + condition;
    return (Long) requireNonNull(Stores.query(reader, sql).getFirst().getFirst());
  }
}
