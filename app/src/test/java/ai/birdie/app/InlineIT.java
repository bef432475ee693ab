package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.SharedWorkspace.Lake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Rows that come inline, of which the workspace gives 25 MiB at most. */
@ExtendWith(SharedWorkspace.class)
class InlineIT {

  private static final int ROWS = 45_000;

  /** About 2 KB each: a third of them is more than fits, as the first guess has it. */
  private static final String WIDE_ROWS =
      "SELECT concat('r-', id) AS feedback_id, repeat(md5(CAST(id AS STRING)), 60) AS text,"
          + " timestamp_micros(1760000000000000 + id) AS updated_at FROM range("
          + ROWS
          + ")";

  @TempDir private Path folder;

  @Test
  void meetsTheLimitOnceAndThenReadsWhatFits(Lake lake) {
    ReviewTable table = ReviewTable.of(lake, folder, "wide_inline", WIDE_ROWS);
    JsonNode run;
    try (ArmedFaults faults = new ArmedFaults(lake.workspace().access())) {
      faults.arm(Map.of("kind", "unreachable_storage", "where", "result", "always", true));
      run = table.ingest();
    }

    assertThat(run.path("added").asInt()).isEqualTo(ROWS);
    assertThat(warnings(run).stream().filter(each -> each.contains("in 4 parts"))).hasSize(1);
    assertThat(run.path("windows").asInt()).as("3 parts of a guess, each in 4").isEqualTo(12);
    table.assertProved();
    SourceAndStore.assertEqual(table.file(), folder);
  }

  private static List<String> warnings(JsonNode run) {
    return StreamSupport.stream(run.path("warnings").spliterator(), false)
        .map(JsonNode::asString)
        .toList();
  }
}
