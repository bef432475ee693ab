package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.StoreException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Store;
import ai.birdie.duckdb.StoreBackup.Existing;
import ai.birdie.testkit.TestFeeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may write to a store, and who must leave it as it is. */
class WritersTest {

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path home;

  private final Stores stores = new Stores();

  @BeforeEach
  void fill() {
    stores.fill(home);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void case22AWriterThatWasPausedWhileItsLockWasLostLandsNothing(boolean otherIsDone)
      throws Exception {
    try (OtherProcess paused = OtherProcess.start("write and lose the lock", home)) {
      paused.awaitLine("landed");
      paused.signal("STOP");
      paused.goOn();
      Store store = stores.open(home);
      stores.land(store, Stores.REVIEWS, 10, Stores.rows("kept", 100, 200));
      if (otherIsDone) {
        store.close();
      }

      paused.signal("CONT");

      assertThat(paused.line()).startsWith("Another process has opened the store for writing");
      assertThat(paused.awaitEnd()).isZero();
      if (!otherIsDone) {
        stores.land(store, Stores.REVIEWS, 11, Stores.rows("kept too", 150, 250));
        store.close();
      }
    }
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(reader.verify().failure()).isEmpty();
      assertThat(reader.receipts("reviews")).hasSize(otherIsDone ? 3 : 4);
      assertThat(Stores.query(reader, "FROM review WHERE text LIKE 'lost%'")).isEmpty();
    }
  }

  @Test
  void case22AWriterWhoseStoreWasRestoredMeanwhileLandsNothing() throws Exception {
    Path backup = home.resolve("backup");
    StoreBackup.take(home, backup, Stores.CLOCK.instant());
    try (OtherProcess paused = OtherProcess.start("write and lose the lock", home)) {
      paused.awaitLine("landed");
      StoreBackup.restore(backup, home, Existing.IS_KEPT_ASIDE, Stores.CLOCK.instant());

      paused.goOn();

      assertThat(paused.line()).startsWith("Another process has opened the store for writing");
      assertThat(paused.awaitEnd()).isZero();
    }
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(reader.verify().failure()).isEmpty();
      assertThat(reader.receipts("reviews")).hasSize(2);
    }
  }

  @Test
  void fault62ASecondProcessIsRefusedAndToldWhoIsThere() throws Exception {
    try (OtherProcess writer = OtherProcess.start("write", home)) {
      writer.awaitLine("writing");
      String who = "in use by process " + writer.pid();
      assertThatThrownBy(() -> stores.open(home)).hasMessageContaining(who);
      assertThatThrownBy(() -> StoreReader.open(home)).hasMessageContaining(who);

      Files.delete(home.resolve("lock")); // DuckDB keeps one of its own
      assertThatThrownBy(() -> stores.open(home))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by another process");
    }
  }

  @ParameterizedTest
  @CsvSource({"99, newer version", "0, older version"})
  void fault68AStoreOfAnotherFormatIsRefusedUntouched(int format, String why) throws IOException {
    Path file = home.resolve(DuckStore.FILE);
    try (Database database = Database.openForWriting(file)) {
      database.execute("UPDATE birdie.store SET format = ?", format);
      database.commit();
    }
    assertThat(StoreFiles.log(file)).exists(); // even what is not in the file yet stays there
    Map<Path, String> before = bytes();

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> stores.open(home),
            () -> StoreReader.open(home),
            () -> StoreBackup.take(home, home.resolve("b"), Stores.CLOCK.instant()))) {
      assertThatThrownBy(use)
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll("format " + format, why);
    }

    assertThat(bytes()).isEqualTo(before);
  }

  @Test
  void case38EqualKeysOfTwoFeedsOrWorkspacesDoNotMeet() {
    Feed elsewhere = Stores.at("other.cloud.databricks.com", TestFeeds.reviews("far", "review"));
    try (Store store = stores.open(home)) {
      stores.land(store, elsewhere, 3, Stores.rows("far", 0, 50));
    }
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(
              Stores.query(
                  reader,
                  "SELECT _feed, split_part(text, ' ', 1) FROM review WHERE feedback_id = 'r-7' ORDER BY 1"))
          .containsExactly(
              List.of("far", "far"), List.of("other", "first"), List.of("reviews", "first"));
      assertThat(reader.verify().failure()).isEmpty();
    }
  }

  /** What each of the store's files holds. */
  private Map<Path, String> bytes() throws IOException {
    Map<Path, String> bytes = new TreeMap<>();
    try (var files = Files.list(home)) {
      files.filter(file -> !file.endsWith("lock")).forEach(file -> bytes.put(file, contents(file)));
    }
    return bytes;
  }

  private static String contents(Path file) {
    try {
      return HexFormat.of().formatHex(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
