package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.KindTable.Layout;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.schema.TableSql;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.databricks.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every kind's rules, from the outside: what breaks them is found, and leaves when it is mended.
 */
@ExtendWith(SharedWorkspace.class)
class KindRulesIT {

  private static final long SEED = 20_261_126;

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  static Stream<RecordKind> kinds() {
    return RecordKinds.all().stream().filter(kind -> !kind.asItIs());
  }

  static Stream<Arguments> tables() {
    return kinds()
        .flatMap(kind -> Stream.of(Layout.values()).map(layout -> Arguments.of(kind, layout)));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void whatBreaksARuleIsFoundAndLeavesOnceTheMappingIsMended(
      RecordKind kind, Layout layout, Lake lake) {
    KindTable table = create(lake, kind, layout, "mapped");
    assertFound(table);

    table.mapToMended();
    table.replay();
    assertThat(table.quarantined().keySet())
        .containsExactlyInAnyOrderElementsOf(table.casesOfTheKey());

    table.mendKeys(table.casesOfTheKey());
    table.ingest();
    table.clear();
    assertMended(table);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void whatBreaksARuleIsFoundAndLeavesOnceItsSourceIsMended(
      RecordKind kind, Layout layout, Lake lake) {
    KindTable table = create(lake, kind, layout, "mended");
    assertFound(table);

    List<String> others = new ArrayList<>(table.violations().keySet());
    others.removeAll(table.casesOfTheKey());
    if (!others.isEmpty()) {
      table.mend(others);
      table.ingest();
    }
    assertThat(table.quarantined().keySet())
        .containsExactlyInAnyOrderElementsOf(table.casesOfTheKey());

    table.mendKeys(table.casesOfTheKey());
    table.ingest();
    table.clear();
    assertMended(table);
  }

  private KindTable create(Lake lake, RecordKind kind, Layout layout, String how) {
    String name = "%s_%s_%s".formatted(kind.id(), layout, how).toLowerCase(Locale.ROOT);
    return KindTable.create(lake, folder, kind, layout, name, SEED);
  }

  private static void assertFound(KindTable table) {
    JsonNode run = table.ingest();
    assertThat(run.path("read").asLong()).isEqualTo(table.rows());
    assertThat(run.path("added").asLong()).isEqualTo(table.rows());
    assertThat(run.path("quarantined").asLong()).isEqualTo(table.violations().size());
    assertThat(table.quarantined()).isEqualTo(new TreeMap<>(table.violations()));
    Map<String, Long> counts =
        table.violations().values().stream()
            .collect(Collectors.groupingBy(v -> v, Collectors.counting()));
    assertThat(table.counted()).isEqualTo(new TreeMap<>(counts));
    assertThat(table.shown()).isEqualTo(table.rows() - table.violations().size());
    table.assertProved();
  }

  private static void assertMended(KindTable table) {
    assertThat(table.quarantined()).isEmpty();
    assertThat(table.counted()).isEmpty();
    assertThat(table.shown()).isEqualTo(table.rows());
    table.assertProved();
  }

  @Test
  void aReferenceTablesRowsWithoutAKeyAreFoundAndLeaveOnceTheyHaveOne(Lake lake) {
    lake.sql()
        .run(
            "CREATE TABLE main.feedback.stock AS SELECT CASE id WHEN 1 THEN NULL WHEN 2 THEN ' '"
                + " ELSE concat('s-', id) END AS sku, id AS items,"
                + " current_timestamp() - INTERVAL 1 DAY AS updated_at FROM range(5)");
    Path file =
        lake.connect(folder, "stock", "reference", Map.of("mode", "cursor", "key", List.of("sku")));
    json(run("ingest", "--json", "--local", file.toString()));

    assertThat(json(run("quarantine", "--json", "stock")).path("rules"))
        .extracting(rule -> rule.path("field").asString() + " " + rule.path("found").asString())
        .containsExactlyInAnyOrder("sku null", "sku blank");
    assertThat(stock()).isEqualTo(3);

    lake.sql()
        .run(
            "UPDATE main.feedback.stock SET sku = concat('s-', items), updated_at ="
                + " current_timestamp() WHERE items IN (1, 2)");
    json(run("ingest", "--json", "--local", file.toString()));
    json(
        run(
            "reconcile",
            "--deletes",
            "--delete-at-most",
            "100",
            "--json",
            "--local",
            file.toString()));

    assertThat(json(run("quarantine", "--json", "stock")).path("quarantined").asInt()).isZero();
    assertThat(stock()).isEqualTo(5);
  }

  private int stock() {
    return json(run("query", "--json", "SELECT count(*) AS n FROM stock")).at("/0/n").asInt();
  }

  @Test
  void aWindowOfWhichTooMuchIsBrokenIsHeldUntilSomebodyAcceptsIt(Lake lake) {
    lake.sql()
        .run(
            "CREATE TABLE main.feedback.held_rows AS SELECT concat('h-', id) AS feedback_id,"
                + " CASE WHEN id % 10 = 0 THEN ' ' ELSE 'words' END AS text,"
                + " current_timestamp() - INTERVAL 1 DAY AS updated_at FROM range(1500)");
    Path file = lake.connect(folder, "held_rows", "review", Map.of());

    Answer refused = run("ingest", "--json", "--local", file.toString());
    assertThat(refused.code()).as(refused.err()).isEqualTo(5);
    assertThat(refused.err()).contains("is held: 150 of its 1,500 rows").doesNotContain("h-10");

    JsonNode held = json(run("quarantine", "--json", "held_rows")).path("held").get(0);
    assertThat(held.path("broken").asLong()).isEqualTo(150);
    assertThat(held.path("rules").get(0).path("violation").asString())
        .isEqualTo("text:all-missing:blank");
    assertThat(
            json(run("query", "--json", "SELECT count(*) AS n FROM review"))
                .get(0)
                .path("n")
                .asLong())
        .isZero();

    assertThat(exported("held_rows")).hasSize(150).allMatch(row -> row.has("held_window"));
    Answer unnamed = run("quarantine", "--export", folder.resolve("exported.jsonl").toString());
    assertThat(unnamed.code()).isEqualTo(2);
    assertThat(unnamed.err()).contains("No feed is named");

    Answer accepted =
        run("ingest", "--json", "--local", "--accept", held.path("id").asString(), file.toString());
    assertThat(accepted.code()).as(accepted.err()).isZero();
    JsonNode shown = json(run("quarantine", "--json", "held_rows"));
    assertThat(shown.path("quarantined").asLong()).isEqualTo(150);
    assertThat(shown.path("held")).isEmpty();
    assertThat(json(run("quarantine", "--json", "--rows", "7", "held_rows")).path("rows"))
        .hasSize(7);
    List<JsonNode> exported = exported("held_rows");
    assertThat(exported)
        .hasSize(150)
        .allMatch(row -> row.path("window").isNumber() && row.path("statement_id").isString())
        .allMatch(row -> row.at("/violations/0/rule").asString().equals("all-missing"));
    assertThat(exported)
        .extracting(row -> row.at("/record/feedback_id").asString())
        .contains("h-0", "h-1490")
        .doesNotHaveDuplicates();
    assertThat(json(run("receipts", "--json", "held_rows")))
        .allSatisfy(receipt -> assertThat(receipt.path("holds").asBoolean()).isTrue());
  }

  @Test
  @Tag("case-43")
  void textThatIsNotUtf8GoesIntoQuarantineUntilItsSourceIsMended(Lake lake) {
    String row =
        "'%s' AS feedback_id, CAST(X'%s' AS STRING) AS text, current_timestamp() AS updated_at";
    ReviewTable table =
        ReviewTable.with(
            lake,
            folder,
            "delta.enableChangeDataFeed",
            "stray_bytes",
            "SELECT " + row.formatted("whole", "6e61c3af7665"));
    table.sql("INSERT INTO %s SELECT " + row.formatted("loaded", "62c328"));
    assertThat(table.ingest().path("quarantined").asInt()).isEqualTo(1);
    table.sql("INSERT INTO %s SELECT " + row.formatted("followed", "ff"));
    table.ingest();
    table.reconcile(); // open-source Delta's change feed gives U+FFFD for stray bytes, its table
    // does not
    assertThat(table.status().path("quarantined").asInt()).isEqualTo(2);

    table.assertHolds("whole naïve", "followed \uFFFD"); // the version before is shown as stale
    JsonNode broken =
        json(run("query", "--json", "SELECT record->>'text' AS text FROM quarantine ORDER BY 1"));
    assertThat(broken.get(0).path("text").asString()).isEqualTo("\\xFF");
    assertThat(broken.get(1).path("text").asString()).isEqualTo("b\\xC3(");
    assertThat(json(run("quarantine", "--json", "stray_bytes")).at("/rules/0/found").asString())
        .isEqualTo("not-utf8");

    table.sql(
        "UPDATE %s SET text = 'mended', updated_at = current_timestamp() WHERE feedback_id <> 'whole'");
    table.ingest();
    table.assertHolds("whole naïve", "loaded mended", "followed mended");
    assertThat(table.status().path("quarantined").asInt()).isZero();
  }

  @Test
  void anOldCopyThatBecomesSoundTakesNoNewerRowsPlace(Lake lake) throws IOException {
    lake.sql()
        .run(
            """
            CREATE TABLE main.feedback.two_copies AS SELECT * FROM VALUES
              ('old-bad', 'five', TIMESTAMP'2026-01-01'), ('old-bad', '4', TIMESTAMP'2026-01-02'),
              ('new-bad', '3', TIMESTAMP'2026-01-01'), ('new-bad', 'five', TIMESTAMP'2026-01-02')
              AS t(feedback_id, rating, updated_at)
            """);
    Path file = lake.connect(folder, "two_copies", "csat", Map.of("window_rows", 1));
    assertThat(run("ingest", "--local", file.toString()).code()).isZero();
    assertThat(ratings()).contains("old-bad 4.0");

    ObjectNode document = (ObjectNode) JsonMapper.shared().readTree(Files.readString(file));
    ObjectNode rating = document.putObject("mapping").putObject("rating").put("column", "rating");
    rating.putObject("words").put("five", "5");
    Files.writeString(file, document.toString());
    Answer replayed = run("quarantine", "replay", "--local", file.toString());

    assertThat(replayed.code()).as(replayed.err()).isZero();
    assertThat(ratings()).containsExactlyInAnyOrder("old-bad 4.0", "new-bad 5.0");
  }

  @Test
  void aRowThatIsMendedWithoutANewStampLeavesByReplay(Lake lake) {
    ReviewTable table =
        ReviewTable.of(
            lake,
            folder,
            "unstamped",
            "SELECT 'r' AS feedback_id, ' ' AS text, TIMESTAMP'2026-01-01' AS updated_at");
    assertThat(table.ingest().path("quarantined").asInt()).isEqualTo(1);
    table.sql("UPDATE %s SET text = 'mended'");
    table.ingest();
    assertThat(table.status().path("quarantined").asInt()).as("no run sees it").isEqualTo(1);

    Answer replayed = run("quarantine", "replay", "--json", "--local", table.file().toString());

    assertThat(json(replayed).get(0).path("before").asInt()).isEqualTo(1);
    assertThat(json(replayed).get(0).path("after").asInt()).isZero();
    table.assertHolds("r mended");
  }

  /** What {@code --export} writes of a feed. */
  private List<JsonNode> exported(String feed) {
    Path file = folder.resolve("exported.jsonl");
    Answer answer = run("quarantine", "--export", file.toString(), feed);
    assertThat(answer.code()).as(answer.err()).isZero();
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(line -> JsonMapper.shared().readTree(line)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> ratings() {
    List<String> ratings = new ArrayList<>();
    json(run("query", "--json", "SELECT feedback_id || ' ' || rating AS r FROM csat"))
        .forEach(row -> ratings.add(row.path("r").asString()));
    return ratings;
  }

  @Test
  void aKindOfTheUsersOwnIsReadAsAnyOther(Lake lake) throws IOException {
    lake.sql()
        .run(
            "CREATE TABLE main.feedback.returns AS SELECT concat('r-', id) AS feedback_id,"
                + " CASE WHEN id = 3 THEN 'none' ELSE 'Broken' END AS reason, id AS items,"
                + " current_timestamp() - INTERVAL 1 DAY AS updated_at FROM range(5)");
    Files.writeString(
        folder.resolve("return.kind.json"),
        """
        {"id": "return_request", "family": "feedback", "key": ["feedback_id"], "fields": [
          {"name": "feedback_id", "type": "text", "need": "required"},
          {"name": "reason", "type": "text", "need": "required", "words": ["broken", "late"]},
          {"name": "items", "type": "integer", "range": [0, 3]}]}
        """);
    Path file = lake.connect(folder, "returns", "Return Request", Map.of());
    ObjectNode document = (ObjectNode) JsonMapper.shared().readTree(Files.readString(file));
    ((ObjectNode) document.path("metadata")).put("kind_file", "return.kind.json");
    Files.writeString(file, document.toString());

    Answer ingested = run("ingest", "--local", file.toString());

    assertThat(ingested.code()).as(ingested.err()).isZero();
    assertThat(
            json(run(
                    "query",
                    "--json",
                    "SELECT count(*) AS n FROM return_request WHERE reason = 'broken'"))
                .get(0)
                .path("n")
                .asLong())
        .isEqualTo(3);
    assertThat(json(run("quarantine", "--json", "returns")).path("rules")).hasSize(2);
    Answer schema =
        Birdie.runHere(
            List.of("schema", folder.resolve("return.kind.json").toString()), Limits.DEFAULT);
    assertThat(schema.out()).contains("Key: feedback_id.").contains("broken, late");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theSqlThatIsPrintedMakesATableAndAViewThatCanBeRead(RecordKind kind, Lake lake) {
    String made = "main.feedback.made_" + kind.id();
    TableSql.table(kind)
        .forEach(statement -> lake.sql().run(statement.replace(quoted(kind), made)));
    Path table = lake.connect(folder, "made_" + kind.id(), kind.id(), Map.of());
    Answer validated = run("validate", "--local", table.toString());
    assertThat(validated.code()).as(validated.out() + validated.err()).isZero();

    lake.sql()
        .run(
            TableSql.view(kind)
                .replace(quoted(kind), made + "_view")
                .replace("your_table", "made_" + kind.id()));
    Path view = lake.connect(folder, "made_" + kind.id() + "_view", kind.id(), Map.of());
    assertThat(run("validate", "--local", view.toString()).out()).doesNotContain("has no column");
  }

  private static String quoted(RecordKind kind) {
    return "main.feedback.`" + kind.id() + "`";
  }

  private Answer run(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--home", folder.toString()));
    return Birdie.runHere(words, Limits.DEFAULT);
  }

  private static JsonNode json(Answer answer) {
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    return JsonMapper.shared().readTree(answer.out());
  }
}
