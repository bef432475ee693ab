package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.error.StoreException;
import ai.birdie.duckdb.Verification.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in real files whose bytes, tables, and rows somebody changed. */
class VerifyTest {

  private static final int FLIPS_A_BLOCK = 3;

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

  @Test
  void findsAStoreWholeAndItsReceiptsTrue() {
    Verification verification = verify(home);

    assertThat(verification.failure()).isEmpty();
    assertThat(verification.rows()).isGreaterThan(1_600);
    assertThat(verification.feeds())
        .extracting(feed -> feed.feed() + " " + feed.receipts())
        .containsExactly("other 2", "reviews 2");
  }

  @Test
  void findsAFlippedBitAnywhereInTheFileUnlessNothingIsReadFromThere() throws IOException {
    byte[] file = Files.readAllBytes(home.resolve(DuckStore.FILE));
    List<String> whole = reading(home, Stores::contents);
    Random random = random();
    List<Integer> harmless = new ArrayList<>();
    for (int part = -1; part < (file.length - Stores.HEADERS) / Stores.BLOCK; part++) {
      for (int flip = 0; flip < FLIPS_A_BLOCK; flip++) {
        int at =
            part < 0
                ? random.nextInt(Stores.HEADERS)
                : Stores.HEADERS + part * Stores.BLOCK + random.nextInt(Stores.BLOCK);
        byte[] flipped = file.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        Path other = Files.createDirectories(home.resolve(part + "-" + flip));
        Files.write(other.resolve(DuckStore.FILE), flipped);
        Optional<BirdieException> found = failure(other);
        if (found.isEmpty()) {
          harmless.add(part);
          assertThat(reading(other, Stores::contents)).as("a bit of byte %d", at).isEqualTo(whole);
        } else {
          assertThat(found.get()).isInstanceOf(StoreException.class);
          assertThat(found.get()).hasMessageContaining("computed checksum");
          assertThat(found.get().remedy().orElseThrow()).contains("birdie restore");
        }
      }
    }
    System.out.println("flips that changed nothing, by block: " + harmless);
    assertThat(harmless).doesNotContain(-1, 0);
  }

  @Test
  void namesTheFeedWhoseRowsAreDamagedAndVerifiesTheOthers() throws IOException {
    Stores.flipValueOf(home, "landing.\"reviews.1\"");

    Verification verification = verify(home);

    assertThat(verification.damages()).extracting(Damage::part).containsExactly("rows of reviews");
    assertThat(verification.feeds()).extracting(feed -> feed.feed()).containsExactly("other");
    assertThat(verification.failure().orElseThrow())
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("The store is damaged: rows of reviews: Corrupt database file")
        .hasMessageNotContaining("\n");
  }

  @Test
  void findsAFileThatWasCutShort() throws IOException {
    byte[] file = Files.readAllBytes(home.resolve(DuckStore.FILE));
    for (int length :
        new int[] {
          0,
          1,
          4_095,
          4_096,
          Stores.HEADERS,
          Stores.HEADERS + Stores.BLOCK,
          file.length - Stores.BLOCK
        }) {
      Files.write(home.resolve(DuckStore.FILE), Arrays.copyOf(file, length));
      assertThat(failure(home).orElseThrow())
          .as("%d bytes", length)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is damaged");
    }
  }

  @Test
  void findsARowThatWasTakenAway() {
    change("DELETE FROM landing.\"reviews.1\" WHERE feedback_id = 'r-1'");

    BirdieException failure = failure(home).orElseThrow();

    assertThat(failure)
        .isInstanceOf(IncompleteException.class)
        .hasMessage(
            "The store's receipts are not true: it does not hold what those of reviews say of windows [1].");
    assertThat(failure.remedy().orElseThrow()).contains("--full");
  }

  @Test
  void findsTablesColumnsAndViewsThatAreGone() {
    change(
        "DROP TABLE birdie.coverage",
        "ALTER TABLE birdie.history DROP COLUMN zone",
        "DROP VIEW main.nps",
        "DROP TABLE landing.\"reviews.1\"");

    assertThat(verify(home).damages())
        .extracting(damage -> damage.part() + ": " + damage.finding())
        .contains(
            "layout: there is no column from_position BIGINT of birdie.coverage",
            "layout: there is no column zone VARCHAR of birdie.history",
            "layout: there is no view nps")
        .anyMatch(damage -> damage.startsWith("view review: "))
        .anyMatch(damage -> damage.startsWith("rows of reviews: "));
  }

  @Test
  void refusesAFileThatIsNoStore() throws IOException {
    Files.writeString(home.resolve(DuckStore.FILE), "a text ".repeat(10_000));
    assertThatThrownBy(() -> verify(home))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not a valid DuckDB database file");
  }

  private static Random random() {
    long seed = new Random().nextLong();
    System.out.println("VerifyTest: seed " + seed);
    return new Random(seed);
  }

  private Verification verify(Path store) {
    return reading(store, StoreReader::verify);
  }

  private Optional<BirdieException> failure(Path store) {
    try {
      return verify(store).failure();
    } catch (StoreException e) {
      return Optional.of(e);
    }
  }

  private static <T> T reading(Path store, Function<StoreReader, T> question) {
    try (StoreReader reader = StoreReader.open(store)) {
      return question.apply(reader);
    }
  }

  private void change(String... statements) {
    try (Database database = Database.openForWriting(home.resolve(DuckStore.FILE))) {
      List.of(statements).forEach(database::execute);
      database.commit();
    }
  }
}
