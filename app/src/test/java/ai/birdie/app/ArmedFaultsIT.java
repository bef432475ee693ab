package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Databricks does wrong, end to end: what can be overcome is, and nothing else lands. */
@ExtendWith(SharedWorkspace.class)
class ArmedFaultsIT {

  private static final String COLUMNS =
      " AS SELECT concat('r-', id) AS feedback_id, concat('text ', id) AS text,"
          + " timestamp_micros(1760000000000000 + id) AS updated_at FROM range(5000)";

  @TempDir private Path folder;

  @Test
  void overcomesWhatPasses(Lake lake) {
    Path file = feed(lake, "passing_faults");
    try (ArmedFaults faults = new ArmedFaults(lake.workspace().access())) {
      faults
          .arm(Map.of("kind", "drop", "where", "token"))
          .arm(Map.of("kind", "too_many_requests", "where", "execute", "retry_after", "1"))
          .arm(Map.of("kind", "lost_answer", "where", "execute", "skip", 1))
          .arm(Map.of("kind", "bad_gateway", "where", "chunk"))
          .arm(Map.of("kind", "storage_expired", "where", "download"))
          .arm(Map.of("kind", "cut", "where", "download", "skip", 1, "after", 1000))
          .arm(Map.of("kind", "several_frames", "where", "download", "skip", 2, "always", true));

      Answer answer = ingest(file, "--json");

      assertThat(answer.code()).as(answer.err()).isZero();
      assertThat(faults.struck()).allSatisfy((kind, times) -> assertThat(times).isPositive());
      assertCounted(answer);
    }
    SourceAndStore.assertEqual(file, folder);
  }

  /** That the run says what it took of the workspace, and how often something was in its way. */
  private static void assertCounted(Answer answer) {
    JsonNode run = JsonMapper.shared().readTree(answer.out()).path("feeds").path(0);
    JsonNode traffic = run.path("traffic");
    assertThat(run.path("bytes").asLong()).isPositive();
    assertThat(traffic.path("bytes").asLong()).isGreaterThan(run.path("bytes").asLong());
    assertThat(traffic.path("chunks").asInt()).isGreaterThanOrEqualTo(5);
    assertThat(traffic.path("link_refreshes").asInt()).isPositive();
    assertThat(traffic.path("retries").asInt()).isPositive();
    assertThat(traffic.path("statements").asInt()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void landsNothingOfAChunkThatIsCorrupt(Lake lake) {
    Map<String, Object> fault =
        Map.of("kind", "corrupt_chunk", "where", "download", "always", true);
    assertRefused(feed(lake, "corrupt_chunks"), lake, fault, 6);
  }

  @Test
  void landsNothingWhenTheCountIsWrong(Lake lake) {
    Map<String, Object> fault =
        Map.of(
            "kind",
            "wrong_row_count",
            "where",
            "result",
            "always",
            true,
            "statement_contains",
            "_row_hash");
    assertRefused(feed(lake, "wrong_counts"), lake, fault, 6);
  }

  @Test
  void readsInlineWhereTheStorageIsOutOfReach(Lake lake) {
    Path file = feed(lake, "no_storage");
    try (ArmedFaults faults = new ArmedFaults(lake.workspace().access())) {
      faults.arm(Map.of("kind", "unreachable_storage", "where", "result", "always", true));

      Answer answer = ingest(file);

      assertThat(answer.code()).as(answer.err()).isZero();
      assertThat(answer.err()).contains("its storage was not", "come inline");
    }
    SourceAndStore.assertEqual(file, folder);
  }

  private void assertRefused(Path file, Lake lake, Map<String, Object> fault, int code) {
    Answer answer;
    try (ArmedFaults faults = new ArmedFaults(lake.workspace().access())) {
      faults.arm(fault);

      answer = ingest(file);

      assertThat(answer.code()).as(answer.err()).isEqualTo(code);
      assertThat(answer.err()).contains("Try: ");
      assertThat(faults.struck()).allSatisfy((kind, times) -> assertThat(times).isPositive());
    }
    assertThat(ingest(file).code()).isZero();
    SourceAndStore.assertEqual(file, folder);
  }

  private Path feed(Lake lake, String table) {
    lake.sql().run("CREATE OR REPLACE TABLE main.feedback." + table + COLUMNS);
    return lake.connect(folder, table, "review", Map.of("mode", "cursor"));
  }

  private Answer ingest(Path file, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("ingest", "--local", "--home", folder.toString(), file.toString()));
    arguments.addAll(List.of(options));
    return Birdie.run(arguments.toArray(String[]::new));
  }
}
