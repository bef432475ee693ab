package ai.birdie.duckdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.StoreException;
import ai.birdie.core.ingest.Store;
import ai.birdie.duckdb.StoreCompaction.Compacted;
import ai.birdie.testkit.FeedbackRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that are written anew. */
class StoreCompactionTest {

  private static final String GONE = "what nobody may read any longer";

  private final Stores stores = new Stores();

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path home;

  @BeforeEach
  void fill() {
    try (Store store = stores.open(home)) {
      stores.land(store, Stores.REVIEWS, 1, List.of(FeedbackRow.of("a", GONE, 1, 1)));
    }
    stores.fill(home);
    try (Store store = stores.open(home)) {
      stores.land(store, Stores.REVIEWS, 3, List.of(FeedbackRow.of("a", "instead of it", 1, 1)));
    }
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void keepsAllThatIsInTheStoreAndNoByteOfWhatIsNot() throws IOException {
    List<String> contents = contents();
    assertThat(bytes()).contains(GONE);

    Compacted compacted = StoreCompaction.run(home);

    assertThat(contents()).isEqualTo(contents);
    assertThat(bytes()).doesNotContain(GONE);
    assertThat(compacted.verification().failure()).isEmpty();
    assertThat(compacted.verification().bytes())
        .isEqualTo(Files.size(home.resolve(DuckStore.FILE)))
        .isLessThan(compacted.before());
    assertThat(files()).noneMatch(name -> name.contains("partial") || name.endsWith(".wal"));
  }

  @Test
  void aStoreIsItsOwnersAloneHoweverItWasMade() throws IOException {
    Set<PosixFilePermission> owners = PosixFilePermissions.fromString("rw-------");
    assertThat(Files.getPosixFilePermissions(home.resolve(DuckStore.FILE))).isEqualTo(owners);

    StoreCompaction.run(home);

    assertThat(Files.getPosixFilePermissions(home.resolve(DuckStore.FILE))).isEqualTo(owners);
  }

  @Test
  void goesOnAsBefore() {
    StoreCompaction.run(home);

    try (Store store = stores.open(home)) {
      stores.land(store, Stores.REVIEWS, 5, Stores.rows("after", 0, 10));
    }
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(reader.verify().failure()).isEmpty();
    }
  }

  @Test
  void leavesAStoreAloneThatIsInUseOrIsNone() {
    try (Store store = stores.open(home)) {
      assertThatThrownBy(() -> StoreCompaction.run(home)).isInstanceOf(StoreException.class);
      stores.land(store, Stores.REVIEWS, 5, Stores.rows("meanwhile", 0, 10));
    }
    assertThatThrownBy(() -> StoreCompaction.run(home.resolve("none")))
        .isInstanceOf(ConfigException.class);
  }

  private List<String> contents() {
    try (StoreReader reader = StoreReader.open(home)) {
      return Stores.contents(reader);
    }
  }

  private String bytes() throws IOException {
    StringBuilder bytes = new StringBuilder();
    for (String file : files()) {
      bytes.append(Files.readString(home.resolve(file), ISO_8859_1));
    }
    return bytes.toString();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
