package ai.birdie.app.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import ai.birdie.app.ArmedFaults;
import ai.birdie.app.Birdie;
import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.SourceAndStore;
import ai.birdie.databricks.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every cell of the grid of ways, end to end. */
@ExtendWith(SharedWorkspace.class)
class WayGridIT {

  private static final String TABLE = "way_grid";
  private static final String FULL_NAME = "main.feedback." + TABLE;
  private static final String STORE = "store.duckdb";

  @SuppressWarnings("NullAway.Init") // read once
  private static SourceAndStore source;

  /** A store that holds a version of the table that is no longer its newest. */
  @SuppressWarnings("NullAway.Init") // made once
  private static Path held;

  @TempDir private Path home;

  @BeforeAll
  static void makeTheTable(Lake lake, @TempDir Path folder) {
    lake.sql()
        .run(
            "CREATE OR REPLACE TABLE "
                + FULL_NAME
                + " TBLPROPERTIES (delta.enableChangeDataFeed = true) AS SELECT concat('r-', id)"
                + " AS feedback_id, concat('text ', id) AS text,"
                + " timestamp_micros(1760000000000000 + id) AS updated_at FROM range(300)");
    assertThat(ingest(lake, folder).code()).isZero();
    held = folder.resolve(STORE);
    lake.sql().run("UPDATE " + FULL_NAME + " SET text = 'other' WHERE feedback_id = 'r-1'");
    lake.sql().run("INSERT INTO " + FULL_NAME + " VALUES ('new', 'text', current_timestamp())");
    source = SourceAndStore.of(connect(lake, folder));
  }

  static Stream<Arguments> cells() {
    return WayFaults.rows().stream()
        .flatMap(row ->
            Stream.of(Question.values())
                .filter(question -> FaultGridIT.ONLY.matcher(row.name(question)).find())
                .map(question -> argumentSet(row.name(question), row, question)));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("cells")
  void endsAsTheGridSays(WayRow row, Question question, Lake lake) throws IOException {
    if (question == Question.EVENTS) {
      Files.copy(held, home.resolve(STORE));
    }
    try (ArmedFaults faults = new ArmedFaults(lake.workspace().access())) {
      faults.arm(against(question, row.fault()));

      Answer answer = ingest(lake, home);

      assertThat(faults.struck().values()).as("strikes").singleElement().isNotEqualTo(0);
      faults.disarm();
      switch (row.at(question)) {
        case Cell.Right(String way) -> assertRead(answer, way);
        case Cell.Refused(int code, String words) -> {
          assertThat(answer.code()).as(answer.err()).isEqualTo(code);
          assertThat(answer.err()).contains(words).contains("Try: ");
          assertRead(ingest(lake, home), "by changes");
        }
        case Cell.Empty(Why why) -> throw new AssertionError(why.text());
      }
    }
  }

  private void assertRead(Answer answer, String way) {
    assertThat(answer.code()).as(answer.err()).isZero();
    source.assertHeldBy(home);
    assertThat(run("receipts", TABLE, "--home", home.toString()).code()).isZero();
    JsonNode status = status();
    assertThat("by " + status.path("way").asString()).isEqualTo(way);
    assertThat(status.path("reason").isNull()).isEqualTo(way.equals("by changes"));
  }

  private JsonNode status() {
    Answer answer = run("status", "--json", "--home", home.toString());
    return JsonMapper.shared().readTree(answer.out()).path(0);
  }

  private static Answer ingest(Lake lake, Path home) {
    String file = connect(lake, home).toString();
    return run("ingest", "--local", "--home", home.toString(), file);
  }

  /** Only what is new is compared. */
  private static Path connect(Lake lake, Path home) {
    return lake.connect(home, TABLE, "review", Map.of("reconcile_within", "P999D"));
  }

  private static Answer run(String... arguments) {
    return Birdie.runHere(List.of(arguments), Limits.DEFAULT);
  }

  private static Map<String, Object> against(Question question, Map<String, Object> fault) {
    Map<String, Object> against = new HashMap<>(fault);
    against.put("query_tag", "birdie_feed=" + TABLE);
    against.put("statement_contains", question.statement());
    return against;
  }
}
