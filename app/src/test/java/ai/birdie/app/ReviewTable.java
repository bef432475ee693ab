package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.databricks.Limits;
import ai.birdie.duckdb.StoreReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table of reviews that is read into a store by its partition column, {@code updated_at}: what
 * its writers do by SQL, and what its reader does by the command line.
 */
final class ReviewTable {

  private final Lake lake;
  private final Path home;
  private final String name;
  private final Path file;

  private ReviewTable(Lake lake, Path home, String name, Path file) {
    this.lake = lake;
    this.home = home;
    this.name = name;
    this.file = file;
  }

  /** Creates the table from what {@code select} gives. */
  static ReviewTable of(Lake lake, Path home, String table, String select) {
    return of(lake, home, table, select, Map.of());
  }

  /** As {@link #of(Lake, Path, String, String)}, with more keys of the file's {@code ingestion}. */
  static ReviewTable of(
      Lake lake, Path home, String table, String select, Map<String, Object> ingestion) {
    lake.sql().run("CREATE TABLE main.feedback." + table + " AS " + select);
    Map<String, Object> keys = new HashMap<>(ingestion);
    keys.put("mode", "cursor");
    return new ReviewTable(lake, home, table, lake.connect(home, table, "review", keys));
  }

  /** As {@link #of(Lake, Path, String, String)}, of a table with a property, read by any way. */
  static ReviewTable with(Lake lake, Path home, String property, String table, String select) {
    lake.sql()
        .run(
            "CREATE TABLE main.feedback.%s TBLPROPERTIES (%s = true) AS %s"
                .formatted(table, property, select));
    Map<String, Object> noTurns = Map.of("reconcile_within", "P999D");
    return new ReviewTable(lake, home, table, lake.connect(home, table, "review", noTurns));
  }

  /** What a view shows of the table, which has no versions, read into another store. */
  ReviewTable shown(Path otherHome) {
    String view = name + "_shown";
    sql("CREATE VIEW main.feedback." + view + " AS SELECT * FROM %s");
    return new ReviewTable(lake, otherHome, view, lake.connect(home, view, "review", Map.of()));
  }

  /** The same table, read into another store. */
  ReviewTable in(Path otherHome) {
    return new ReviewTable(lake, otherHome, name, file);
  }

  /** The connection file. */
  Path file() {
    return file;
  }

  /** Runs a statement in which {@code %s} stands for the table. */
  void sql(String statement) {
    lake.sql().run(inTable(statement));
  }

  /** As {@link #sql}, but for its commit. */
  HeldTransaction begin(String statement) {
    return HeldTransaction.begin(lake.workspace().access(), inTable(statement));
  }

  private String inTable(String statement) {
    return statement.replace("%s", "main.feedback." + name);
  }

  /** Brings the store up to date; what the run did. */
  JsonNode ingest(String... options) {
    return feed("ingest", options);
  }

  JsonNode reconcile() {
    return feed("reconcile");
  }

  private JsonNode feed(String command, String... options) {
    Answer answer = run(command, options);
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    return JsonMapper.shared().readTree(answer.out()).path("feeds").get(0);
  }

  /** A command with the connection file, whatever comes of it. */
  Answer run(String command, String... options) {
    List<String> words = new ArrayList<>(List.of(command, "--json", "--local"));
    words.addAll(List.of(options));
    words.addAll(List.of("--home", home.toString(), file.toString()));
    return birdie(words);
  }

  /** How the feed stands. */
  JsonNode status() {
    Answer answer = birdie(List.of("status", "--json", "--home", home.toString()));
    assertThat(answer.code()).as(answer.err()).isZero();
    return elements(answer).stream()
        .filter(feed -> feed.path("feed").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The rows that the table has now. */
  SourceAndStore rows() {
    return SourceAndStore.ofFew(file);
  }

  /** Fails unless the store holds just the table's rows, and proves it. */
  void assertEqual() {
    rows().assertHeldBy(home);
    assertProved();
  }

  /** Fails unless the store holds just these rows, and every receipt is true. */
  void assertHeld(SourceAndStore rows) {
    rows.assertHeldBy(home);
    assertProved();
  }

  /** Fails unless the store holds just these, each as its key and its text, and proves it. */
  void assertHolds(String... rows) {
    assertThat(held()).containsExactlyInAnyOrder(rows);
    assertProved();
  }

  /** The feed's current sound rows, each as its key and its text. */
  List<String> held() {
    String sql =
        "SELECT feedback_id || ' ' || text AS row FROM review WHERE _feed = '" + name + "'";
    Answer answer = birdie(List.of("query", "--json", "--home", home.toString(), sql));
    assertThat(answer.code()).as(answer.err()).isZero();
    return elements(answer).stream().map(row -> row.path("row").asString()).toList();
  }

  /** The stored values of a column that the landing table has, in order. */
  List<String> landed(String column) {
    List<String> values = new ArrayList<>();
    try (StoreReader reader = StoreReader.open(home)) {
      reader.query(
          "SELECT %1$s FROM %2$s ORDER BY %1$s"
              .formatted(column, SourceAndStore.landing(reader, name)),
          SourceAndStore.each(row -> values.add(String.valueOf(row.getFirst()))));
    }
    return values;
  }

  /** The proof of every window, each of which must be true. */
  List<JsonNode> assertProved() {
    Answer answer = birdie(List.of("receipts", "--json", "--home", home.toString(), name));
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    List<JsonNode> receipts = elements(answer);
    assertThat(receipts)
        .isNotEmpty()
        .allSatisfy(receipt -> {
          assertThat(receipt.path("balances").asBoolean()).isTrue();
          assertThat(receipt.path("holds").asBoolean()).isTrue();
          assertThat(receipt.path("sealed").asBoolean()).isTrue();
          assertThat(receipt.path("control").path("standing").asString()).isEqualTo("proved");
        });
    return receipts;
  }

  private static Answer birdie(List<String> arguments) {
    return Birdie.runHere(arguments, Limits.DEFAULT);
  }

  private static List<JsonNode> elements(Answer answer) {
    JsonNode array = JsonMapper.shared().readTree(answer.out());
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
