package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.Birdie.Running;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.local.WorkspaceAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run that is told to stop leaves nothing behind: neither at the source nor in the store. */
@ExtendWith(SharedWorkspace.class)
class StopIT {

  private static final int SIGTERM = 128 + 15;
  private static final int MOST_LOOKS = 2_000;

  @TempDir private Path folder;

  @Test
  void cancelsTheStatementThatRuns(Lake lake) throws Exception {
    lake.sql()
        .run(
            "CREATE OR REPLACE VIEW main.feedback.endless AS SELECT concat('r-', id) AS feedback_id,"
                + " 'x' AS text, timestamp_micros(id) AS updated_at FROM range(1000000000000)");
    Path file = lake.connect(folder, "endless", "review", Map.of());
    Running ingest =
        Birdie.start(
            Birdie.command(
                List.of("ingest", "--local", "--home", folder.toString(), file.toString())));
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int look = 0; !running(client, lake.workspace().access()); look++) {
        assertThat(ingest.process().waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(look).as("times it was looked for").isLessThan(MOST_LOOKS);
      }

      ingest.process().destroy();
      Answer answer = Birdie.finish(ingest);

      assertThat(answer.code()).isEqualTo(SIGTERM);
      assertThat(answer.err()).contains("Stopped", "Try: ");
      for (int look = 0; running(client, lake.workspace().access()); look++) {
        assertThat(look).as("it goes on").isLessThan(MOST_LOOKS);
      }
    }
    Answer receipts = Birdie.run("receipts", "endless", "--home", folder.toString());
    assertThat(receipts.out()).doesNotContain("range");
  }

  @Test
  void saysNothingOfStoppingWhereTheCommandEndedByAnError() throws Exception {
    Path withoutLibraries = folder.resolve("birdie-app.jar");
    Files.copy(Birdie.ROOT.resolve("app/target/dist/birdie-app.jar"), withoutLibraries);

    Answer answer =
        Birdie.finish(
            Birdie.start(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    withoutLibraries.toString(),
                    "--version")));

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err())
        .contains("NoClassDefFoundError")
        .doesNotContain("stopped in the middle of its work");
  }

  /** Whether a statement of the feed's runs, as the query history has it. */
  private static boolean running(HttpClient client, WorkspaceAccess access)
      throws IOException, InterruptedException {
    HttpRequest history =
        HttpRequest.newBuilder(
                URI.create(
                    access.host() + "/api/2.0/sql/history/queries?filter_by.statuses=RUNNING"))
            .header("Authorization", "Bearer " + access.adminToken())
            .build();
    JsonNode found =
        JsonMapper.shared().readTree(client.send(history, BodyHandlers.ofString()).body());
    return found
        .path("res")
        .valueStream()
        .anyMatch(query -> query.path("query_tags").toString().contains("endless"));
  }
}
