package ai.birdie.duckdb;

import static ai.birdie.duckdb.Stores.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.StoreException;
import ai.birdie.core.ingest.Store;
import ai.birdie.duckdb.StoreBackup.Existing;
import ai.birdie.duckdb.StoreBackup.Restored;
import ai.birdie.testkit.FeedbackRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of real stores, and what is restored from them. */
class StoreBackupTest {

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path home;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path backup;

  private final Stores stores = new Stores();

  @BeforeEach
  void fill() {
    home = folder.resolve("home");
    backup = folder.resolve("backup.duckdb");
    stores.fill(home);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void restoresWhatTheStoreHeldWhenTheBackupWasTaken() throws IOException {
    List<String> then = contents(home);
    StoreBackup.take(home, backup, CLOCK.instant());
    landMore();
    List<String> now = contents(home);
    assertThat(now).isNotEqualTo(then);

    Restored restored = StoreBackup.restore(backup, home, Existing.IS_KEPT_ASIDE, CLOCK.instant());

    assertThat(contents(home)).isEqualTo(then);
    Path aside = restored.aside().orElseThrow();
    assertThat(aside).hasFileName("store-20260203T040506Z.duckdb");
    Files.createDirectory(folder.resolve("former"));
    Files.move(aside, folder.resolve("former").resolve(DuckStore.FILE));
    assertThat(contents(folder.resolve("former"))).isEqualTo(now);
  }

  @Test
  void restoresIntoAFolderWhereThereIsNone() {
    StoreBackup.take(home, backup, CLOCK.instant());
    Path other = folder.resolve("elsewhere/home");

    StoreBackup.restore(backup, other, Existing.STAYS, CLOCK.instant());

    assertThat(contents(other)).isEqualTo(contents(home));
  }

  @Test
  void holdsWhatIsOnlyInTheLogOfAProcessThatWasKilled() throws IOException {
    Path killed = killed();

    StoreBackup.take(killed, backup, CLOCK.instant());

    assertThat(log(killed)).exists();
    assertThat(Path.of(backup + ".wal")).doesNotExist();
    StoreBackup.restore(backup, folder.resolve("other"), Existing.STAYS, CLOCK.instant());
    assertThat(contents(folder.resolve("other"))).isEqualTo(contents(home));
  }

  @Test
  void takesThePlaceOfAStoreThatIsWholeWithoutItsLogBeforeThatIsDeleted() throws IOException {
    StoreBackup.take(home, backup, CLOCK.instant());
    Path killed = killed();

    Restored restored =
        StoreBackup.restore(backup, killed, Existing.IS_KEPT_ASIDE, CLOCK.instant());

    Path aside = restored.aside().orElseThrow();
    assertThat(StoreFiles.log(aside)).doesNotExist();
    Files.createDirectory(folder.resolve("former"));
    Files.move(aside, folder.resolve("former").resolve(DuckStore.FILE));
    assertThat(contents(folder.resolve("former"))).isEqualTo(contents(home));
  }

  @Test
  void isTakenWhileAnotherProcessReadsAndNotWhileOneWrites() throws Exception {
    try (OtherProcess reader = OtherProcess.start("read", home)) {
      reader.awaitLine("reading");
      StoreBackup.take(home, backup, CLOCK.instant());
    }
    try (OtherProcess writer = OtherProcess.start("write", home)) {
      writer.awaitLine("writing");
      assertThatThrownBy(() -> StoreBackup.take(home, folder.resolve("b"), CLOCK.instant()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by process " + writer.pid());
    }
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void isReadByItsOwnerAlone() throws IOException {
    StoreBackup.take(home, backup, CLOCK.instant());
    StoreBackup.restore(backup, folder.resolve("other"), Existing.STAYS, CLOCK.instant());

    for (Path file : List.of(backup, folder.resolve("other").resolve(DuckStore.FILE))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void isNamedByItsTimeInAFolder() {
    assertThat(StoreBackup.take(home, folder, CLOCK.instant()).file())
        .isEqualTo(folder.resolve("store-20260203T040506Z.duckdb"));
    assertThatThrownBy(() -> StoreBackup.take(home, folder, CLOCK.instant()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("already");
  }

  @Test
  void ofADamagedStoreIsRefusedWithWhatVerifySays() throws IOException {
    Stores.flipValueOf(home, "landing.\"reviews.1\"");
    String said;
    try (StoreReader reader = StoreReader.open(home)) {
      said = reader.verify().failure().orElseThrow().getMessage();
    }

    assertThatThrownBy(() -> StoreBackup.take(home, backup, CLOCK.instant()))
        .isInstanceOf(StoreException.class)
        .hasMessage(said);
    assertThat(files(folder)).containsExactly("home");
  }

  @Test
  void thatIsDamagedIsNotRestored() throws IOException {
    StoreBackup.take(home, backup, CLOCK.instant());
    byte[] bytes = Files.readAllBytes(backup);
    bytes[bytes.length / 2] ^= 16;
    Files.write(backup, bytes);
    List<String> before = contents(home);

    assertThatThrownBy(
            () -> StoreBackup.restore(backup, home, Existing.IS_KEPT_ASIDE, CLOCK.instant()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("The backup cannot be restored. The store");
    assertThat(contents(home)).isEqualTo(before);
    assertThat(files(home)).containsExactly("epoch", "lock", DuckStore.FILE);
  }

  @Test
  void doesNotTakeThePlaceOfAStoreUnasked() {
    StoreBackup.take(home, backup, CLOCK.instant());
    landMore();
    List<String> before = contents(home);

    assertThatThrownBy(() -> StoreBackup.restore(backup, home, Existing.STAYS, CLOCK.instant()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("already");
    assertThat(contents(home)).isEqualTo(before);
  }

  @Test
  void takesThePlaceOfAStoreThatNobodyCanReadAnyMore() throws IOException {
    List<String> then = contents(home);
    StoreBackup.take(home, backup, CLOCK.instant());
    Files.writeString(home.resolve(DuckStore.FILE), "nothing");
    Files.writeString(log(home), "nothing either");

    StoreBackup.restore(backup, home, Existing.IS_KEPT_ASIDE, CLOCK.instant());

    assertThat(contents(home)).isEqualTo(then);
    assertThat(home.resolve("store-20260203T040506Z.duckdb")).hasContent("nothing");
    assertThat(home.resolve("store-20260203T040506Z.duckdb.wal")).hasContent("nothing either");
  }

  /** What the home and its log are when a process is killed that has landed once more in it. */
  private Path killed() throws IOException {
    Path killed = Files.createDirectory(folder.resolve("killed"));
    try (Store store = stores.open(home)) {
      stores.land(store, Stores.REVIEWS, 3, Stores.rows("third", 0, 50));
      for (Path file : List.of(home.resolve(DuckStore.FILE), log(home))) {
        copy(file, killed.resolve(file.getFileName()));
      }
    }
    return killed;
  }

  private void landMore() {
    try (Store store = stores.open(home)) {
      stores.land(store, Stores.REVIEWS, 3, List.of(FeedbackRow.of("r-1", "changed", 1, 299)));
    }
  }

  private static List<String> contents(Path home) {
    try (StoreReader reader = StoreReader.open(home)) {
      return Stores.contents(reader);
    }
  }

  private static Path log(Path home) {
    return home.resolve(DuckStore.FILE + ".wal");
  }

  /** In a process of its own: to close a file here would give back DuckDB's lock on it. */
  private static void copy(Path from, Path to) throws IOException {
    try {
      new ProcessBuilder("cp", from.toString(), to.toString()).inheritIO().start().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
