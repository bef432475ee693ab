package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.workspace.access.Credentials;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as a launcher starts it. */
final class ProcessTest {
  private static final String REVIEWS =
      "feedback_id,text,rating,updated_at,zip,product_id\r\n"
          + "r1,\"two\r\nlines, and a \"\"quote\"\"\",5,2026-01-05T00:00:00.000001Z,01234,7\r\n"
          + "r2,,4,2026-01-05T01:00:00+01:00,99999,8\r\n"
          + "r3,\"plain \\ backslash\",,2026-01-06T00:00:00Z,1,9\r\n";

  @TempDir Path temporary;

  @Test
  void servesFilesKeepsItsStateAndLeavesNothingBehind() throws Exception {
    Path data = Files.createDirectories(temporary.resolve("data"));
    Files.writeString(data.resolve("review.csv"), REVIEWS);
    Path state = temporary.resolve("state");
    String adminToken;
    try (Running process = start("--data", data.toString(), "--state", state.toString())) {
      Client client = process.client();
      adminToken = client.credentials().adminToken();
      Client.Answer answer =
          client.reader("SELECT * FROM main.feedback.review ORDER BY feedback_id");
      assertThat(answer.typeTexts())
          .containsExactly("STRING", "STRING", "BIGINT", "TIMESTAMP", "STRING", "STRING");
      assertThat(answer.rows())
          .containsExactly(
              List.of(
                  "r1",
                  "two\r\nlines, and a \"quote\"",
                  "5",
                  "2026-01-05T00:00:00.000Z",
                  "01234",
                  "7"),
              List.of("r2", "NULL", "4", "2026-01-05T00:00:00.000Z", "99999", "8"),
              List.of("r3", "plain \\ backslash", "NULL", "2026-01-06T00:00:00.000Z", "1", "9"));
      client.admin(
          "CREATE VIEW main.feedback.kept AS SELECT count(*) AS n FROM main.feedback.review");
      client.admin("GRANT SELECT ON VIEW main.feedback.kept TO `reader@example.com`");
    }
    try (Running process = start("--state", state.toString(), "--until-stdin-closes")) {
      Client client = process.client();
      assertThat(client.credentials().adminToken()).isEqualTo(adminToken);
      assertThat(client.reader("SELECT n FROM main.feedback.kept").rows())
          .containsExactly(List.of("3"));
      process.java().getOutputStream().close();
      assertThat(process.java().waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    try (Stream<Path> left = Files.list(temporary.resolve("tmp"))) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("workspace-")))
          .isEmpty();
    }
  }

  @Test
  void unknownOptionIsExplained() throws Exception {
    Process java = process("--nonsense").redirectErrorStream(true).start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).isEqualTo(2);
    assertThat(said).contains("unknown option: --nonsense").contains("--chunk-rows");
  }

  private record Running(Process java, Client client) implements AutoCloseable {
    @Override
    public void close() {
      java.destroy();
      java.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  private Running start(String... options) throws IOException {
    Process java = process(options).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = java.inputReader();
    String line = out.readLine();
    JsonNode ready = Client.JSON.readTree(line == null ? "{}" : line);
    assertThat(ready.size()).isEqualTo(6);
    Credentials credentials =
        new Credentials(
            ready.path("warehouse_id").asText(),
            ready.path("client_id").asText(),
            ready.path("client_secret").asText(),
            ready.path("personal_access_token").asText(),
            ready.path("admin_token").asText());
    return new Running(java, new Client(ready.path("host").asText(), credentials));
  }

  private ProcessBuilder process(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("src/main/dist/jvm.options").toAbsolutePath());
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(temporary.resolve("tmp")));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(options));
    return new ProcessBuilder(command);
  }
}
