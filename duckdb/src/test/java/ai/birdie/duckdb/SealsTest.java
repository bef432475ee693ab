package ai.birdie.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.ingest.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts that somebody changed in the store's file. */
class SealsTest {

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path home;

  private final Stores stores = new Stores();

  /** Four windows: 1 and 2 of reviews, 3 and 4 of the other feed; 2 and 4 displace rows. */
  @BeforeEach
  void fill() {
    home = folder.resolve("home");
    stores.fill(home);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void holdForWhatWasWrittenHoweverOftenTheStoreIsOpened() {
    for (int hour = 5; hour < 8; hour++) {
      try (Store store = stores.open(home)) {
        stores.land(store, Stores.REVIEWS, hour, Stores.rows("again", 0, hour));
        store.restart(Stores.OTHER); // the receipts of former loadings stay
      }
    }
    assertThat(verify().failure()).isEmpty();
  }

  @Test
  void findAnyColumnOfAnyReceiptThatWasChanged() throws IOException {
    for (String table : List.of("receipt", "disposition", "displaced", "seal")) {
      for (String[] column : columns(table)) {
        String key = table.equals("displaced") ? "by_window" : "window_id";
        if (!column[0].equals(key)) {
          Path other = copy(table + "-" + column[0]);
          change(
              other,
              "UPDATE birdie.%s SET %s = %s WHERE rowid = (SELECT max(rowid) FROM birdie.%s WHERE %s = 2)"
                  .formatted(table, column[0], another(column), table, key));

          Verification verification = verify(other);

          assertThat(verification.altered()).as("%s.%s", table, column[0]).contains(2L);
          assertThat(verification.failure().orElseThrow()).isInstanceOf(IncompleteException.class);
        }
      }
    }
  }

  @Test
  void findAReceiptThatWasTakenAwayAnywhere() throws IOException {
    for (long window = 1; window <= 4; window++) {
      Path other = copy("without-" + window);
      for (String from : List.of("receipt", "disposition", "seal")) {
        change(other, "DELETE FROM birdie." + from + " WHERE window_id = " + window);
      }
      change(other, "DELETE FROM birdie.displaced WHERE by_window = " + window);

      Verification verification = verify(other);

      assertThat(verification.missing()).containsExactly(window);
      assertThat(verification.altered()).isEmpty();
      assertThat(verification.failure().orElseThrow())
          .hasMessageContaining("those of windows [%d] are missing".formatted(window));
    }
  }

  @Test
  void findAReceiptThatWasAdded() {
    change(
        home,
        "INSERT INTO birdie.receipt SELECT * REPLACE (5 AS window_id) FROM birdie.receipt WHERE window_id = 4",
        "INSERT INTO birdie.seal SELECT 5, seal FROM birdie.seal WHERE window_id = 4");
    assertThat(verify().altered()).containsExactly(5L);
  }

  @Test
  void findATallyThatWasAddedOrTakenAway() throws IOException {
    Path more = copy("more");
    change(more, "INSERT INTO birdie.disposition VALUES (3, 'IDENTICAL', 'SOUND', 0, 0)");
    assertThat(verify(more).altered()).containsExactly(3L);
    Path fewer = copy("fewer");
    change(fewer, "DELETE FROM birdie.displaced WHERE by_window = 4");
    assertThat(verify(fewer).altered()).containsExactly(4L);
  }

  @Test
  void findTwoReceiptsThatChangedPlaces() {
    change(
        home,
        "UPDATE birdie.receipt SET window_id = 7 - window_id WHERE window_id IN (3, 4)",
        "UPDATE birdie.seal SET window_id = 7 - window_id WHERE window_id IN (3, 4)");
    assertThat(new TreeSet<>(verify().altered())).contains(3L, 4L);
  }

  /** A value that the column does not have there. */
  private static String another(String[] column) {
    return switch (column[1]) {
      case "VARCHAR" -> "coalesce(" + column[0] + ", '') || '!'";
      case "TIMESTAMP WITH TIME ZONE" -> column[0] + " + INTERVAL 1 MICROSECOND";
      default -> "coalesce(" + column[0] + " + 1, 1)";
    };
  }

  private List<String[]> columns(String table) {
    try (StoreReader reader = StoreReader.open(home)) {
      List<String[]> columns = new ArrayList<>();
      for (List<?> row :
          Stores.query(
              reader,
              "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'birdie' AND table_name = '%s'"
                  .formatted(table))) {
        columns.add(new String[] {String.valueOf(row.get(0)), String.valueOf(row.get(1))});
      }
      assertThat(columns).isNotEmpty();
      return columns;
    }
  }

  private Verification verify() {
    return verify(home);
  }

  private static Verification verify(Path home) {
    try (StoreReader reader = StoreReader.open(home)) {
      return reader.verify();
    }
  }

  private static void change(Path home, String... statements) {
    try (Database database = Database.openForWriting(home.resolve(DuckStore.FILE))) {
      List.of(statements).forEach(database::execute);
      database.commit();
    }
  }

  private Path copy(String name) throws IOException {
    Path other = Files.createDirectory(folder.resolve(name));
    Files.copy(home.resolve(DuckStore.FILE), other.resolve(DuckStore.FILE));
    return other;
  }
}
