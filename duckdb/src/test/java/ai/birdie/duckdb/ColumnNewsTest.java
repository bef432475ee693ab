package ai.birdie.duckdb;

import static ai.birdie.core.kind.RecordKinds.REVIEW;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.duckdb.TextBatches.Row;
import ai.birdie.testkit.TestFeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that come and go, and what is told of them. */
class ColumnNewsTest {

  private static final Feed REVIEWS = TestFeeds.of(REVIEW);
  private static final List<String> WHOLE = List.of("feedback_id", "title", "text");
  private static final List<String> WITHOUT_TEXT = List.of("feedback_id", "title");

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path home;

  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void fill() {
    home = folder.resolve("home");
    store(home).land(REVIEWS, WHOLE, List.of(row("a", 1)));
  }

  private KindStore store(Path home) {
    return new KindStore(
        home,
        new RunListener() {
          @Override
          public void warning(String message) {
            told.add(message);
          }
        });
  }

  private static Row row(String id, long cursor) {
    return new Row(Map.of("feedback_id", id, "title", "a title", "text", "a text"), cursor);
  }

  private List<String> landed(Path home, List<String> columns, String id) {
    told.clear();
    store(home).land(REVIEWS, columns, List.of(row(id, 9)));
    return List.copyOf(told);
  }

  @Test
  void tellsOnceThatAColumnIsGoneAndAgainWhenItHadComeBack() {
    assertThat(landed(home, WITHOUT_TEXT, "b"))
        .singleElement()
        .asString()
        .contains("table_of_review: column text is gone (it held the field text)");
    assertThat(landed(home, WITHOUT_TEXT, "c")).isEmpty();
    assertThat(landed(home, WHOLE, "d")).isEmpty();
    assertThat(landed(home, WITHOUT_TEXT, "e")).hasSize(1);
    assertHolds(home);
  }

  @Test
  void knowsWhatItToldWhenItIsKilledAndWhenTheFileIsWrittenAnew() throws IOException {
    Path killed = Files.createDirectory(folder.resolve("killed"));
    store(home).land(REVIEWS, WITHOUT_TEXT, List.of(row("b", 2)), () -> copy(home, killed));
    assertThat(killed.resolve(DuckStore.FILE + ".wal")).exists();

    assertThat(landed(killed, WITHOUT_TEXT, "c")).isEmpty();
    assertHolds(killed);
    StoreCompaction.run(killed);
    assertThat(landed(killed, WITHOUT_TEXT, "d")).isEmpty();
    assertHolds(killed);
    assertThat(new KindStore(killed).answers("SELECT feedback_id, text FROM review ORDER BY 1"))
        .containsExactly("a | a text", "b | null", "c | null", "d | null");
  }

  @Test
  void namesSomeOfManyColumns() {
    List<String> many =
        Stream.concat(WHOLE.stream(), IntStream.range(0, 30).mapToObj(i -> "more_" + i)).toList();

    assertThat(landed(home, many, "b"))
        .singleElement()
        .asString()
        .contains("more_0, more_1, ", "more_9, and each of 20 more, is new")
        .doesNotContain("more_10");
    assertThat(landed(home, WHOLE, "c")).singleElement().asString().contains("is gone: rows");
  }

  /** In a process of its own: to close a file here would give back DuckDB's lock on it. */
  private static void copy(Path from, Path to) {
    try {
      Process process =
          new ProcessBuilder("cp", "-r", from + "/.", to.toString()).inheritIO().start();
      assertThat(process.waitFor()).isZero();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertHolds(Path home) {
    try (StoreReader reader = StoreReader.open(home)) {
      assertThat(reader.verify().failure()).isEmpty();
    }
  }
}
