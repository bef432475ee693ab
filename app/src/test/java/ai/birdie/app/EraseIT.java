package ai.birdie.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person who is erased as an administrator does it, while the source still holds her. */
@ExtendWith(SharedWorkspace.class)
class EraseIT {

  private static final String HER_TEXT = "only she would say so";

  /** Ten of a hundred are hers, and one of these breaks a rule. */
  private static final String ROWS =
      """
      SELECT concat('r-', id) AS feedback_id, concat('author-', mod(id, 10)) AS author_id,
        concat(IF(mod(id, 10) = 7, 'HER TEXT ', 'anybody '), id) AS text,
        CAST(IF(id = 57, 99, 1 + mod(id, 5)) AS INT) AS rating,
        TIMESTAMP'2026-03-01 00:00:00' AS posted_at,
        TIMESTAMP'2026-03-01 00:00:00' + make_interval(0, 0, 0, 0, 0, 0, id) AS updated_at
      FROM range(100)
      """
          .replace("HER TEXT", HER_TEXT);

  @TempDir private Path folder;

  @Test
  void staysOutByWhateverWayHerRowsComeAgain(Lake lake) throws IOException {
    String table = "main.feedback.erased";
    lake.sql()
        .run(
            "CREATE TABLE "
                + table
                + " TBLPROPERTIES (delta.enableChangeDataFeed = true) AS "
                + ROWS);
    Path file = lake.connect(folder, "erased", "review", Map.of());
    assertThat(ingest(file).path("read").asInt()).isEqualTo(100);
    assertThat(bytes()).contains(HER_TEXT);
    Path backup = folder.resolve("backup.duckdb");
    assertThat(birdie("backup", backup.toString()).code()).isZero();

    JsonNode erased = json("erase", "--author", "author-7");

    assertThat(erased.at("/feeds/0/rows").asInt()).isEqualTo(10);
    assertShown(90);
    assertNothingOfHers();

    lake.sql().run("UPDATE " + table + " SET text = concat(text, '!'), updated_at = now()");
    lake.sql().run("DELETE FROM " + table + " WHERE feedback_id IN ('r-7', 'r-8')");
    assertThat(ingest(file).path("suppressed").asInt()).isEqualTo(9);
    assertShown(89);
    assertNothingOfHers();
    assertThat(compared(file)).isEmpty();

    JsonNode again = ingest(file, "--full");
    assertThat(again.path("suppressed").asInt()).isEqualTo(9);
    assertThat(again.path("added").asInt()).isEqualTo(89);
    assertShown(89);
    assertNothingOfHers();

    assertThat(birdie("restore", "--replace", backup.toString()).code()).isZero();
    assertShown(90);
    assertNothingOfHers();
    ingest(file);
    assertShown(89);
    assertNothingOfHers();
    assertThat(compared(file)).isEmpty();
  }

  @Test
  void staysOutWhereNumbersTellPeopleApart(Lake lake) throws IOException {
    String table = "main.feedback.erased_users";
    lake.sql()
        .run(
            "CREATE TABLE "
                + table
                + " AS SELECT id AS author_id, concat('User number ', id) AS name,"
                + " TIMESTAMP'2026-03-01 00:00:00' AS updated_at FROM range(20)");
    Path file = lake.connect(folder, "erased_users", "user", Map.of("mode", "cursor"));
    ingest(file);

    assertThat(json("erase", "--author", "7").at("/feeds/0/rows").asInt()).isEqualTo(1);
    for (int run = 0; run < 2; run++) {
      lake.sql().run("UPDATE " + table + " SET updated_at = current_timestamp()");
      assertThat(ingest(file).path("suppressed").asInt()).isEqualTo(1);
    }

    assertThat(compared(file)).isEmpty();
    JsonNode kept =
        json(
            "query",
            "SELECT (SELECT count(*) FROM landing.\"erased_users.1\") AS rows, (SELECT count(*) FROM \"user\") AS shown");
    assertThat(kept.get(0).path("rows").asInt()).isEqualTo(20);
    assertThat(kept.get(0).path("shown").asInt()).isEqualTo(19);
    assertThat(bytes()).contains("User number 8").doesNotContain("User number 7");
    assertThat(birdie("verify").code()).isZero();
  }

  private JsonNode compared(Path file) {
    return json("reconcile", "--local", file.toString()).at("/feeds/0/differed");
  }

  /** Rows of others in the view, none of hers in quarantine, and receipts that hold. */
  private void assertShown(int rows) {
    JsonNode counts =
        json(
            "query",
            "SELECT (SELECT count(*) FROM review) AS shown, (SELECT count(*) FROM quarantine) AS broken");
    assertThat(counts.get(0).path("shown").asInt()).isEqualTo(rows);
    assertThat(counts.get(0).path("broken").asInt()).isZero();
    assertThat(birdie("verify").code()).isZero();
  }

  /** Looked for in the bytes, and by a query, since bytes may be compressed. */
  private void assertNothingOfHers() throws IOException {
    assertThat(bytes()).doesNotContain(HER_TEXT, "author-7");
    String table =
        json(
                "query",
                "SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'landing'")
            .get(0)
            .path("name")
            .asString();
    JsonNode kept =
        json(
            "query",
            "SELECT count(*) AS rows FROM landing.\"%s\" WHERE text LIKE '%%%s%%' OR author_id = 'author-7'"
                .formatted(table, HER_TEXT));
    assertThat(kept.get(0).path("rows").asInt()).isZero();
  }

  private JsonNode ingest(Path file, String... options) {
    List<String> arguments = new ArrayList<>(List.of("ingest", "--local"));
    arguments.addAll(List.of(options));
    arguments.add(file.toString());
    return json(arguments.toArray(String[]::new)).at("/feeds/0");
  }

  private JsonNode json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(1, "--json");
    Answer answer = birdie(all.toArray(String[]::new));
    assertThat(answer.code()).as(answer.err()).isZero();
    return JsonMapper.shared().readTree(answer.out());
  }

  private Answer birdie(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--home", home().toString()));
    return Birdie.run(all.toArray(String[]::new));
  }

  private Path home() {
    return folder.resolve("home");
  }

  /** Of the store and its log; what restore kept aside is for its owner to delete. */
  private String bytes() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(home())) {
      for (Path file : files.filter(EraseIT::ofTheStore).toList()) {
        all.append(Files.readString(file, ISO_8859_1));
      }
    }
    return all.toString();
  }

  private static boolean ofTheStore(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().startsWith("store-");
  }
}
