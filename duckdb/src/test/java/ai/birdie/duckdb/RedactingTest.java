package ai.birdie.duckdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Redaction;
import ai.birdie.core.ingest.Redactor;
import ai.birdie.core.ingest.Store;
import ai.birdie.testkit.FeedbackRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken out of texts on their way into the store, by a redactor of the word "secret". */
class RedactingTest {

  private static final Feed REDACTED = Stores.REVIEWS.redactedBy(new Redaction.FreeText());

  private final Stores stores = new Stores();

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path home;

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void landsRowsWithoutPersonalDataInEveryState() throws IOException {
    List<FeedbackRow> rows = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      rows.add(FeedbackRow.of("r-" + i, i % 3 == 0 ? "a secret é of " + i : "of " + i, 3, i));
    }
    rows.add(FeedbackRow.keyless("a secret without a key", 46));
    try (Store store = open()) {
      stores.land(store, REDACTED, 1, rows, () -> assertThat(bytes()).doesNotContain("secret"));
    }
    assertThat(bytes()).doesNotContain("secret");
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(Stores.query(reader, "SELECT text FROM review ORDER BY posted_at, feedback_id"))
          .hasSize(45)
          .contains(List.of("a [REDACTED] é of 42"), List.of("of 43"));
      assertThat(
              Stores.query(
                  reader,
                  "SELECT text FROM landing." + table(reader) + " WHERE _violations IS NOT NULL"))
          .containsExactly(List.of("a [REDACTED] without a key"));
    }
  }

  @Test
  void isLookedForWhereItWouldBeFound() {
    try (Store store = stores.open(home)) {
      List<FeedbackRow> rows = List.of(FeedbackRow.of("a", "a secret of one", 3, 1));
      stores.land(store, Stores.REVIEWS, 1, rows);
      assertThat(bytes()).contains("secret");
    }
    assertThat(bytes()).contains("secret");
  }

  @Test
  void knowsRowsByTheHashOfWhatTheSourceHolds() {
    List<FeedbackRow> rows = List.of(FeedbackRow.of("a", "secret", 3, 1));
    try (Store store = open()) {
      stores.land(store, REDACTED, 1, rows);
      stores.land(store, REDACTED, 2, rows);
    }
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(
              Stores.query(reader, "SELECT disposition FROM birdie.disposition ORDER BY window_id"))
          .containsExactly(List.of("NEW"), List.of("IDENTICAL"));
    }
  }

  @Test
  void loadsAnewWhenItIsSwitchedOn() {
    try (Store store = open()) {
      stores.land(store, Stores.REVIEWS, 1, List.of(FeedbackRow.of("a", "secret", 3, 1)));
      assertThat(store.coverage(REDACTED).intervals()).isEmpty();
      stores.land(store, REDACTED, 2, List.of(FeedbackRow.of("a", "secret", 3, 1)));
      store.complete(REDACTED, Stores.horizon(2));
    }
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(Stores.query(reader, "SELECT text FROM review"))
          .containsExactly(List.of("[REDACTED]"));
    }
  }

  @Test
  void landsNothingWhereItCannotKeepItsWord() {
    List<FeedbackRow> rows = List.of(FeedbackRow.of("a", "secret", 3, 1));
    try (Store store = open()) {
      assertThatThrownBy(() -> stores.land(store, columns("comment"), 1, rows))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("column comment");
      assertThatThrownBy(() -> stores.land(store, columns("Rating"), 1, rows))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("holds no text");
      assertThatThrownBy(() -> stores.land(store, columns("feedback_id"), 1, rows))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("of the key");
      assertThat(store.coverage(columns("comment")).intervals()).isEmpty();
    }
    try (Store store = stores.open(home)) {
      assertThatThrownBy(() -> stores.land(store, REDACTED, 1, rows))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whatFailsInARedactorIsNotTakenForADamagedStore() {
    List<FeedbackRow> rows = List.of(FeedbackRow.of("a", "secret", 3, 1));
    Redactor failing =
        new Redactor() {
          @Override
          public boolean isSuspect(ByteBuffer text) {
            throw new UnsupportedOperationException("of this redactor");
          }

          @Override
          public String redact(String text) {
            return text;
          }
        };
    try (Store store = stores.open(home, () -> failing)) {
      assertThatThrownBy(() -> stores.land(store, REDACTED, 1, rows))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("of this redactor");
    }
  }

  private static Feed columns(String... names) {
    return Stores.REVIEWS.redactedBy(new Redaction.Columns(List.of(names)));
  }

  private Store open() {
    return stores.open(home, Word::new);
  }

  private static String table(StoreReader reader) {
    List<@Nullable Object> row =
        Stores.query(reader, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'landing'")
            .getFirst();
    return '"' + String.valueOf(row.getFirst()) + '"';
  }

  private String bytes() {
    StringBuilder bytes = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.append(Files.readString(file, ISO_8859_1));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    assertThat(bytes).isNotEmpty();
    return bytes.toString();
  }

  private static final class Word implements Redactor {

    @Override
    public boolean isSuspect(ByteBuffer text) {
      return UTF_8.decode(text).toString().contains("s");
    }

    @Override
    public String redact(String text) {
      return text.replace("secret", MARK);
    }
  }
}
