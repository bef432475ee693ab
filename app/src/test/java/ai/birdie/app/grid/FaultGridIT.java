package ai.birdie.app.grid;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.SourceAndStore;
import ai.birdie.app.local.WorkspaceAccess;
import ai.birdie.duckdb.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the grid that can occur, end to end. */
@ExtendWith(SharedWorkspace.class)
class FaultGridIT {

  private static final String TABLE = "fault_grid";

  /** Some of the cells alone, for who works on them. */
  static final Pattern ONLY = Pattern.compile(System.getProperty("birdie.grid", ""));

  /** The cells that are also played by the packaged product. */
  static final Set<String> OUTSIDE =
      Set.of(
          "7 the body is shorter than its length says, once: download",
          "11 a page of HTML with status 200: token",
          "16 401, always: submit",
          "22 CANCELED: poll",
          "28 no link, once: link",
          "37 a chunk: a byte is another one: decode");

  /** How tokens begin, whatever comes first in them; less of it may be in a store by chance. */
  private static final List<String> TOKENS = List.of("eyJhbGciOi", "eyJ0eXAiOi");

  /** In every row, so that a message that repeats one is seen. */
  private static final String CANARY = "canary";

  @SuppressWarnings("NullAway.Init") // read once
  private static SourceAndStore source;

  @TempDir private Path home;

  @BeforeAll
  static void makeTheTable(Lake lake, @TempDir Path folder) {
    lake.sql()
        .run(
            "CREATE OR REPLACE TABLE main.feedback."
                + TABLE
                + " AS SELECT concat('r-', id) AS feedback_id, concat('"
                + CANARY
                + " ', id) AS text, timestamp_micros(1760000000000000 + id) AS updated_at"
                + " FROM range(3500)");
    source = SourceAndStore.of(lake.connect(folder, TABLE, "review", Map.of("mode", "cursor")));
  }

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (Row row : FaultGrid.rows()) {
      for (Step step : Step.values()) {
        String name = row.name(step);
        if (!(row.at(step) instanceof Cell.Empty) && ONLY.matcher(name).find()) {
          cells.add(argumentSet(name, row, step));
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("cells")
  void endsAsTheGridSays(Row row, Step step, Lake lake) throws IOException {
    try (Scene scene = new Scene(lake, TABLE, home)) {
      assertEnds(scene, row, step, lake);
    }
  }

  static Stream<Arguments> someCells() {
    return cells().filter(cell -> OUTSIDE.contains(((ArgumentSet) cell).getName()));
  }

  /** As users run it, waiting where it should. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("someCells")
  void endsTheSameInAProcessOfItsOwn(Row row, Step step, Lake lake) throws IOException {
    try (Scene scene = new Scene(lake, TABLE, home)) {
      scene.outside();
      assertEnds(scene, row, step, lake);
    }
  }

  private void assertEnds(Scene scene, Row row, Step step, Lake lake) throws IOException {
    if (step == Step.POLL) {
      scene.proxy().answeringEarly();
    }
    row.trouble().prepare(scene, step);

    Answer answer = scene.ingest();

    assertThat(scene.struck()).as("strikes").isPositive();
    assertNoSecret(answer.out() + answer.err(), lake);
    switch (row.at(step)) {
      case Cell.Right(String told) -> {
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.err()).contains(told);
      }
      case Cell.Refused(int code, String words) -> assertRefused(scene, answer, code, words);
      case Cell.Empty(Why why) -> throw new AssertionError(why.text());
    }
    expected(scene).assertHeldBy(home);
    assertThat(scene.receipts().code()).isZero();
    assertThat(holdingSecrets(scene, lake)).isEmpty();
  }

  private SourceAndStore expected(Scene scene) {
    return scene.feed().equals(TABLE) ? source : scene.expected();
  }

  /** And that the next run makes it good. */
  private void assertRefused(Scene scene, Answer answer, int code, String words) {
    assertThat(answer.code()).as(answer.err()).isEqualTo(code);
    assertThat(answer.err()).contains(words).contains("Try: ");
    assertThat(landed()).isEmpty();
    scene.faults().disarm();
    Answer again = scene.ingestAgain();
    assertThat(again.code()).as(again.err()).isZero();
  }

  private static void assertNoSecret(String said, Lake lake) {
    assertThat(said).doesNotContain(secrets(lake)).doesNotContain("eyJ", CANARY);
  }

  /** Of the workspace, and of links. */
  private static String[] secrets(Lake lake) {
    WorkspaceAccess access = lake.workspace().access();
    return new String[] {
      access.clientSecret(), access.adminToken(), "Bearer", "X-Amz", "/storage/"
    };
  }

  /** Files of the home with a secret, or, but for the store, with a row. */
  private List<Path> holdingSecrets(Scene scene, Lake lake) throws IOException {
    List<Path> holding = new ArrayList<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.endsWith(scene.feed() + ".json")) {
          continue; // the connection's
        }
        String content = Files.readString(file, ISO_8859_1);
        boolean row =
            !file.getFileName().toString().startsWith("store.") && content.contains(CANARY);
        if (row
            || Stream.concat(Stream.of(secrets(lake)), TOKENS.stream())
                .anyMatch(content::contains)) {
          holding.add(file);
        }
      }
    }
    return holding;
  }

  /** What a store that should hold nothing holds: receipts, and tables with rows. */
  private List<String> landed() {
    List<String> found = new ArrayList<>();
    try (StoreReader reader = StoreReader.open(home)) {
      reader.query(
          "SELECT 'receipt ' || window_id FROM birdie.receipt UNION ALL SELECT table_name FROM"
              + " duckdb_tables() WHERE schema_name = 'landing' AND estimated_size > 0",
          SourceAndStore.each(row -> found.add(String.valueOf(row.getFirst()))));
    }
    return found;
  }
}
