package ai.birdie.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.Birdie.Running;
import ai.birdie.app.SharedWorkspace.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Personal data that is planted in a table's texts, and looked for in the bytes of the store. */
@ExtendWith(SharedWorkspace.class)
class RedactionIT {

  private static final List<String> PLANTED =
      List.of("@planted.example", "650-253-", "4111 1111 1111 1111", "DE89370400440532013000");

  private static final String ROWS =
      """
      SELECT CAST(CASE WHEN id % 50 = 10 THEN NULL ELSE id END AS STRING) AS feedback_id,
        concat('please write to person', id, '@planted.example, or call 650-253-',
          lpad(CAST(id AS STRING), 4, '0'), ' about order ', id) AS text,
        'card 4111 1111 1111 1111, account DE89370400440532013000' AS title,
        CAST(1 + id % 5 AS INT) AS rating,
        concat('by person', id, '@planted.example') AS signature,
        TIMESTAMP'2026-03-01 00:00:00' + make_interval(0, 0, 0, 0, 0, 0, id) AS posted_at,
        TIMESTAMP'2026-03-01 00:00:00' + make_interval(0, 0, 0, 0, 0, 0, id) AS updated_at
      FROM range(4000)
      """;

  @TempDir private Path folder;

  @Test
  void noFileOfTheStoreEverHoldsWhatWasPlanted(Lake lake) throws IOException, InterruptedException {
    lake.sql()
        .run(
            "CREATE TABLE main.feedback.redacted TBLPROPERTIES (delta.enableChangeDataFeed = true)"
                + " AS "
                + ROWS);
    Path file =
        lake.connect(
            folder,
            "redacted",
            "review",
            Map.of("redact", List.of("text", "title", "signature"), "window_rows", 1_000));
    Path home = folder.resolve("home");

    ingestWatched(file, home);
    lake.sql()
        .run(
            "UPDATE main.feedback.redacted SET text = concat(text, ' again a@planted.example'),"
                + " updated_at = TIMESTAMP'2026-03-02 00:00:00' WHERE rating = 2");
    lake.sql().run("DELETE FROM main.feedback.redacted WHERE rating = 3");
    ingestWatched(file, home);

    JsonNode compared =
        json("reconcile", "--json", "--local", "--home", home.toString(), file.toString());
    assertThat(compared.path("feeds").get(0).path("differed")).isEmpty();
    JsonNode counts =
        json(
            "query",
            "--json",
            "--home",
            home.toString(),
            """
            SELECT count(*) AS sound, count(*) FILTER (text LIKE 'please write to [REDACTED], or call [REDACTED] about order %'
              AND title = 'card [REDACTED], account [REDACTED]') AS redacted FROM review
            """);
    assertThat(counts.get(0).path("sound").asInt()).isEqualTo(4_000 - 80 - 800);
    assertThat(counts.get(0).path("redacted")).isEqualTo(counts.get(0).path("sound"));
    assertThat(kept(home, "_violations IS NOT NULL")).isEqualTo(80);
    assertThat(kept(home, "concat(text, title, signature) SIMILAR TO '.*(@|650-|4111|DE89).*'"))
        .isZero();
    json("receipts", "--json", "--home", home.toString(), "redacted")
        .forEach(receipt -> {
          assertThat(receipt.path("balances").asBoolean()).isTrue();
          assertThat(receipt.path("holds").asBoolean()).isTrue();
        });
  }

  @Test
  void whatIsNotRedactedWouldBeFound(Lake lake) throws IOException {
    lake.sql().run("CREATE TABLE main.feedback.unredacted AS " + ROWS + " WHERE id < 20");
    Path file = lake.connect(folder, "unredacted", "review", Map.of());
    Path home = folder.resolve("home");

    assertThat(Birdie.run("ingest", "--local", "--home", home.toString(), file.toString()).code())
        .isZero();

    assertThat(bytes(home)).contains(PLANTED);
  }

  @Test
  void landsNothingWhereAColumnIsNotThere(Lake lake) throws IOException {
    lake.sql().run("CREATE TABLE main.feedback.redact_renamed AS " + ROWS + " WHERE id < 20");
    Path file =
        lake.connect(folder, "redact_renamed", "review", Map.of("redact", List.of("comment")));
    Path home = folder.resolve("home");
    Answer validated = Birdie.run("validate", "--local", file.toString());
    assertThat(validated.code()).isEqualTo(2);
    assertThat(validated.out()).contains("redaction", "column comment");

    Answer answer = Birdie.run("ingest", "--local", "--home", home.toString(), file.toString());

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("column comment", "redact");
    assertThat(bytes(home)).doesNotContain(PLANTED);
  }

  /** How many rows the store has of such, in whatever state; a compressed text hides in bytes. */
  private static int kept(Path home, String condition) {
    JsonNode table =
        json(
            "query",
            "--json",
            "--home",
            home.toString(),
            "SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'landing'");
    String name = table.get(0).path("name").asString();
    String sql = "SELECT count(*) AS rows FROM landing.\"%s\" WHERE %s".formatted(name, condition);
    return json("query", "--json", "--home", home.toString(), sql).get(0).path("rows").asInt();
  }

  /** Reads the files of the store again and again while they are written. */
  private static void ingestWatched(Path file, Path home) throws IOException, InterruptedException {
    Running running =
        Birdie.start(
            Birdie.command(
                List.of(
                    "ingest", "--json", "--local", "--home", home.toString(), file.toString())));
    while (!running.process().waitFor(100, TimeUnit.MILLISECONDS)) {
      assertThat(bytes(home)).doesNotContain(PLANTED);
    }
    Answer answer = Birdie.finish(running);
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    assertThat(bytes(home)).isNotEmpty().doesNotContain(PLANTED);
    assertThat(answer.out() + answer.err()).doesNotContain(PLANTED);
  }

  private static JsonNode json(String... arguments) {
    Answer answer = Birdie.run(arguments);
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    return JsonMapper.shared().readTree(answer.out());
  }

  private static String bytes(Path home) throws IOException {
    if (!Files.exists(home)) {
      return "";
    }
    StringBuilder bytes = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.append(content(file));
      }
    }
    return bytes.toString();
  }

  private static String content(Path file) throws IOException {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (NoSuchFileException e) {
      return ""; // deleted since the folder was listed
    }
  }
}
