package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.duckdb.DuckStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does for a store, by the commands alone. */
@ExtendWith(SharedWorkspace.class)
class StoreCareIT {

  @TempDir private Path folder;

  @Test
  void case35ARestoredStoreCatchesUpWithTheSource(Lake lake) {
    Path file = table(lake, "care_restored");
    Path home = folder.resolve("home");
    Path backup = folder.resolve("backup.duckdb");
    run("ingest", "--local", file, "--home", home);
    run("backup", backup, "--home", home);
    change(lake, "care_restored", "rating = 1");
    run("ingest", "--local", file, "--home", home);

    Answer refused = Birdie.run("restore", backup.toString(), "--home", home.toString());
    assertThat(refused.code()).as(refused.err()).isEqualTo(2);
    JsonNode restored = json(run("restore", "--json", "--replace", backup, "--home", home));
    change(lake, "care_restored", "rating = 2");
    run("ingest", "--local", file, "--home", home);

    assertThat(Path.of(restored.path("kept").asString())).exists();
    SourceAndStore.assertEqual(file, home);
    JsonNode verified = json(run("verify", "--json", "--home", home));
    assertThat(verified.path("damages").isEmpty()).isTrue();
    assertThat(verified.path("feeds").get(0).path("unbalanced").isEmpty()).isTrue();
  }

  @Test
  void aDamagedStoreIsToldByVerifyAndNotBackedUp(Lake lake) throws IOException {
    Path file = table(lake, "care_damaged");
    Path home = folder.resolve("home");
    run("ingest", "--local", file, "--home", home);
    Path store = home.resolve("store.duckdb");
    byte[] bytes = Files.readAllBytes(store);
    bytes[20_000] ^= 1;
    Files.write(store, bytes);

    for (String command : new String[] {"verify", "backup"}) {
      String target = command.equals("backup") ? folder.resolve("b").toString() : "--json";
      Answer answer = Birdie.run(command, target, "--home", home.toString());

      assertThat(answer.code()).as(command).isEqualTo(7);
      assertThat(answer.err())
          .contains("is damaged: Corrupt database file", "Try: Restore a backup: birdie restore")
          .doesNotContain("\tat ", "Exception");
    }
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void anEditedReceiptIsToldByReceiptsAndByVerify(Lake lake) throws SQLException {
    Path file = table(lake, "care_edited");
    Path home = folder.resolve("home");
    run("ingest", "--local", file, "--home", home);
    try (Connection store =
            DriverManager.getConnection("jdbc:duckdb:" + home.resolve("store.duckdb"));
        Statement statement = store.createStatement()) {
      statement.execute("UPDATE birdie.receipt SET bytes = bytes + 1 WHERE window_id = 2");
    }

    Answer receipts = Birdie.run("receipts", "care_edited", "--json", "--home", home.toString());
    Answer verify = Birdie.run("verify", "--home", home.toString());

    assertThat(receipts.code()).isEqualTo(6);
    assertThat(json(receipts).valueStream().filter(r -> !r.path("sealed").asBoolean()))
        .singleElement()
        .satisfies(receipt -> assertThat(receipt.path("window").asInt()).isEqualTo(2));
    assertThat(verify.code()).isEqualTo(6);
    assertThat(verify.err()).contains("those of windows [2] were changed");
  }

  @Test
  void receiptsAreExportedAsCsvWithAllThatTheySay(Lake lake) throws SQLException {
    Path file = table(lake, "care_exported");
    Path home = folder.resolve("home");
    run("ingest", "--local", file, "--home", home);
    change(lake, "care_exported", "rating = 3");
    run("ingest", "--local", file, "--home", home);
    Path csv = folder.resolve("receipts.csv");

    run("receipts", "care_exported", "--csv", csv, "--home", home);

    List<JsonNode> shown =
        json(run("receipts", "care_exported", "--json", "--home", home)).valueStream().toList();
    try (Connection reader = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = reader.createStatement()) {
      statement.execute("CREATE TABLE r AS FROM read_csv('" + csv + "', all_varchar = true)");
      statement.execute("ATTACH '" + home.resolve("store.duckdb") + "' AS store (READ_ONLY)");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT r.*, s.seal AS stored_seal FROM r JOIN store.birdie.seal s ON s.window_id::VARCHAR = r.\"window\" ORDER BY s.window_id")) {
        for (JsonNode receipt : shown) {
          assertThat(row.next()).isTrue();
          for (String column :
              List.of(
                  "feed",
                  "sort",
                  "bounds",
                  "statement_id",
                  "source_rows",
                  "bytes",
                  "balances",
                  "holds",
                  "sealed",
                  "seal")) {
            assertThat(row.getString(column)).as(column).isEqualTo(receipt.path(column).asString());
          }
          for (String column : List.of("statement_id", "rows", "hash_sum", "standing")) {
            assertThat(row.getString("control_" + column))
                .as(column)
                .isEqualTo(receipt.path("control").path(column).asString());
          }
          for (JsonNode tally : receipt.path("landed")) {
            String of =
                tally.path("disposition").asString()
                    + (tally.path("quarantined").asBoolean() ? "_quarantined" : "");
            assertThat(row.getString(of + "_rows")).as(of).isEqualTo(tally.path("rows").asString());
            assertThat(row.getString(of + "_hash_sum"))
                .as(of)
                .isEqualTo(tally.path("hash_sum").asString());
          }
          long displaced = 0;
          for (JsonNode left : receipt.path("displaced")) {
            assertThat(left.path("by_window").asLong())
                .isGreaterThan(receipt.path("window").asLong());
            displaced += left.path("rows").asLong();
          }
          assertThat(row.getLong("displaced_rows")).isEqualTo(displaced);
          assertThat(row.getString("seal")).hasSize(64).isEqualTo(row.getString("stored_seal"));
        }
        assertThat(row.next()).isFalse();
      }
      statement.execute("DETACH store");
    }
    assertThat(shown)
        .hasSizeGreaterThan(3)
        .anySatisfy(r -> assertThat(r.path("landed").toString()).contains("changed"));
    assertThat(
            shown.stream()
                .flatMap(r -> r.path("displaced").valueStream())
                .mapToLong(left -> left.path("rows").asLong())
                .sum())
        .as("as many as were changed")
        .isEqualTo(400);
  }

  @Test
  void whoHoldsTheStoreAnswersForTheOtherCommands(Lake lake) {
    Path file = table(lake, "care_held");
    Path home = folder.resolve("home");
    run("ingest", "--local", file, "--home", home);
    List<String> alone = answers(home);
    try (App app = new App(home, Clock.systemUTC());
        DuckStore _ = app.store(RunListener.NONE)) {
      assertThat(answers(home)).isEqualTo(alone);
      Answer verify = Birdie.run("verify", "--home", home.toString());
      assertThat(verify.code()).isEqualTo(7);
      assertThat(verify.err()).contains("in use by process " + ProcessHandle.current().pid());
    }
  }

  private static List<String> answers(Path home) {
    return Stream.of(
            run("status", "--json", "--home", home),
            run("receipts", "care_held", "--home", home),
            run("quarantine", "--json", "--home", home),
            run("query", "SELECT * FROM review ORDER BY feedback_id", "--home", home))
        .map(Answer::out)
        .toList();
  }

  private Path table(Lake lake, String name) {
    lake.sql()
        .run(
            """
            CREATE TABLE main.feedback.%s AS
            SELECT concat('r-', id) AS feedback_id, concat('text of ', id) AS text,
              CAST(id %% 5 + 1 AS INT) AS rating,
              timestamp_micros(1760000000000000 + id * 1000003) AS updated_at
            FROM range(2000)
            """
                .formatted(name));
    return lake.connect(folder, name, "review", Map.of("window_rows", 700));
  }

  private static void change(Lake lake, String table, String which) {
    lake.sql()
        .run(
            "UPDATE main.feedback.%s SET text = upper(text), updated_at = current_timestamp() WHERE %s"
                .formatted(table, which));
  }

  private static Answer run(Object... words) {
    Answer answer = Birdie.run(Arrays.stream(words).map(String::valueOf).toArray(String[]::new));
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    return answer;
  }

  private static JsonNode json(Answer answer) {
    return JsonMapper.shared().readTree(answer.out());
  }
}
