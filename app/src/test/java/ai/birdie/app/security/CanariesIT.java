package ai.birdie.app.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie;
import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.Birdie.Running;
import ai.birdie.app.SharedWorkspace;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.local.WorkspaceAccess;
import ai.birdie.testkit.FakeWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged command, with every logger at its finest and other people's credentials lying about:
 * no secret comes out of it, and none that it was not given goes in.
 */
@ExtendWith(SharedWorkspace.class)
class CanariesIT {

  private static final String ROW = "canary-of-a-row";

  /** What a vendor's tools would take by themselves. */
  private static final String AMBIENT = "canary-ambient";

  @TempDir private Path folder;
  private final FakeWorkspace trap = new FakeWorkspace();

  @BeforeEach
  void leaveCredentialsLyingAbout() throws IOException {
    Files.writeString(
        folder.resolve(".databrickscfg"),
        "[DEFAULT]\nhost = " + trap.url() + "\ntoken = " + AMBIENT + "\n");
    Files.writeString(
        folder.resolve("finest.properties"),
        """
        handlers = java.util.logging.ConsoleHandler
        .level = ALL
        java.util.logging.ConsoleHandler.level = ALL
        """);
    Files.writeString(
        folder.resolve("finest.xml"),
        """
        <configuration>
          <appender name="stderr" class="ch.qos.logback.core.ConsoleAppender">
            <target>System.err</target>
            <encoder><pattern>TRACE %logger %msg%n%ex</pattern></encoder>
          </appender>
          <root level="TRACE"><appender-ref ref="stderr" /></root>
        </configuration>
        """);
  }

  @AfterEach
  void nobodyWasAskedWhomTheFileDoesNotName() {
    trap.close();
    assertThat(trap.asked("")).isEmpty();
  }

  @Test
  void nothingComesOutWhenAllIsWell(Lake lake) throws IOException {
    Path file = table(lake, "canaries_well");

    Answer validated = run(lake, "validate", "--local", file.toString());
    Answer ingested = run(lake, "ingest", "--local", file.toString());

    assertThat(validated.code()).as(validated.out()).isZero();
    assertThat(ingested.code()).as(ingested.err()).isZero();
    assertThat(ingested.err()).as("logs").contains("TRACE ").contains("FINE: ");
    assertThat(ingested.out() + ingested.err()).doesNotContain(ROW);
    assertThat(held(lake)).isEmpty();
  }

  @Test
  void nothingIsTakenFromItsSurroundings(Lake lake) throws IOException {
    Path file = table(lake, "canaries_lack");
    Files.delete(folder.resolve("secret.txt"));

    Answer answer = run(lake, "ingest", "--local", file.toString());

    assertThat(answer.code()).as(answer.err()).isEqualTo(2);
  }

  /** A table whose rows are canaries, and the file that names it; its secret in another file. */
  private Path table(Lake lake, String name) throws IOException {
    lake.sql()
        .run(
            "CREATE OR REPLACE TABLE main.feedback."
                + name
                + " AS SELECT concat('r-', id) AS feedback_id, concat('"
                + ROW
                + " ', id) AS text, timestamp_micros(1760000000000000 + id) AS updated_at"
                + " FROM range(2500)");
    WorkspaceAccess access = lake.workspace().access();
    WorkspaceAccess byFile =
        new WorkspaceAccess(
            access.host(),
            access.warehouseId(),
            access.clientId(),
            "file:secret.txt",
            access.personalAccessToken(),
            access.adminToken());
    Files.writeString(folder.resolve("secret.txt"), access.clientSecret());
    return Lake.connect(folder, name, "review", Map.of("mode", "cursor"), byFile);
  }

  /** Runs the command; nothing that it says, and nothing that others see of it, is a secret. */
  private Answer run(Lake lake, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "--home", folder.resolve("home").toString()));
    List<String> command = Birdie.command(all);
    command.add(1, "-Djava.util.logging.config.file=" + folder.resolve("finest.properties"));
    command.add(2, "-Dlogback.configurationFile=" + folder.resolve("finest.xml"));
    command.add(3, "-Duser.home=" + folder);
    Running running = Birdie.start(command, surroundings());
    Path process = Path.of("/proc", String.valueOf(running.process().pid()));
    String seen = Files.isDirectory(process) ? seen(process) : "";
    Answer answer = Birdie.finish(running);
    assertThat(seen).doesNotContain(secrets(lake));
    assertThat(answer.out() + answer.err()).doesNotContain(secrets(lake)).doesNotContain(AMBIENT);
    return answer;
  }

  private static String seen(Path process) throws IOException {
    return Files.readString(process.resolve("cmdline"), ISO_8859_1)
        + Files.readString(process.resolve("environ"), ISO_8859_1);
  }

  private Map<String, String> surroundings() {
    return Map.of(
        "HOME", folder.toString(),
        "DATABRICKS_HOST", trap.url(),
        "DATABRICKS_TOKEN", AMBIENT,
        "DATABRICKS_CLIENT_ID", AMBIENT,
        "DATABRICKS_CLIENT_SECRET", AMBIENT,
        "DATABRICKS_CONFIG_FILE", folder.resolve(".databrickscfg").toString(),
        "DATABRICKS_CONFIG_PROFILE", "DEFAULT",
        "ARM_CLIENT_SECRET", AMBIENT,
        "GOOGLE_CREDENTIALS", AMBIENT);
  }

  /** Of the workspace, of its tokens, and of its links. */
  private static String[] secrets(Lake lake) {
    WorkspaceAccess access = lake.workspace().access();
    return new String[] {
      access.clientSecret(),
      access.personalAccessToken(),
      access.adminToken(),
      "Bearer ",
      "eyJ",
      "X-Amz-",
      "/storage/"
    };
  }

  /** Files of the home in which there is a secret. */
  private List<Path> held(Lake lake) throws IOException {
    List<Path> holding = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, ISO_8859_1);
        if (Stream.of(secrets(lake)).anyMatch(content::contains) || content.contains(AMBIENT)) {
          holding.add(file);
        }
      }
    }
    return holding;
  }
}
