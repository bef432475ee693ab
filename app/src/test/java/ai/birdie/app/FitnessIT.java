package ai.birdie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.local.WorkspaceAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tables with each defect of a partition column or key, and what {@code validate} says of it. */
class FitnessIT {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String FEED = "delta.enableChangeDataFeed = true";

  @SuppressWarnings("NullAway.Init") // started once
  private static Lake lake;

  @TempDir private Path folder;

  private final String table = "fitness_" + NUMBER.incrementAndGet();
  private final String name = "main.feedback." + table;

  /** What {@code --json} says of one check. */
  private record Found(String verdict, String detail, String remedy) {}

  /** What it says of all. */
  private record Checks(Map<String, Found> byName) {

    Found of(String check) {
      return Optional.ofNullable(byName.get(check)).orElseThrow();
    }
  }

  /** A workspace of its own, whose clock stands still unless it is moved. */
  @BeforeAll
  static void start() {
    lake = Lake.open(List.of("--rows", "10"));
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  @BeforeEach
  void freeze() {
    clock(Map.of("set", "2026-03-10T12:00:00Z", "freeze", true));
  }

  @Test
  void aTransactionThatIsLongerThanTheLagIsMeasured() {
    create("TIMESTAMP", FEED);
    insert(0, 1000);
    String held = hold(insertion(1000, 10, "current_timestamp()"));
    advance("PT3H");
    insert(2000, 90);
    commit(held);

    Found lateness = validate(Map.of()).of("lateness");

    assertThat(lateness.verdict()).isEqualTo("warn");
    assertThat(lateness.detail())
        .contains("up to 3 h after their stamp, half of them within 0 ms, 99 % within 3 h")
        .contains("in the 2 commits that were looked at, since 2026-03-10T15:00:00Z")
        .contains("by its change data feed; the lag is 1 h, and 10 rows of 100 came later");
    assertThat(lateness.remedy()).contains("\"ingestion\": {\"lag\": \"PT8H\"}");
    Checks mended = validate(Map.of("lag", "PT8H"));
    assertThat(mended.of("lateness").verdict()).isEqualTo("pass");
    assertThat(mended.of("load time").verdict()).isEqualTo("pass");
  }

  @ParameterizedTest
  @CsvSource({"PT29M, pass, ''", "PT31M, warn, PT2H"})
  void theAlarmIsAtHalfTheLag(String length, String verdict, String lag) {
    create("TIMESTAMP", FEED);
    insert(0, 10);
    String held = hold(insertion(10, 1, "current_timestamp()"));
    advance(length);
    commit(held);

    Found lateness = validate(Map.of()).of("lateness");

    assertThat(lateness.verdict()).isEqualTo(verdict);
    assertThat(lateness.remedy()).contains(lag);
  }

  @ParameterizedTest
  @CsvSource({
    "delta.enableChangeDataFeed = true, its change data feed",
    "delta.enableRowTracking = true, row tracking",
    "delta.appendOnly = false, comparing its versions"
  })
  void whatHistoryShowsIsTheSameWhicheverWayItIsRead(String property, String way) {
    create("TIMESTAMP", property);
    insert(0, 20);
    advance("PT10M");
    run("UPDATE %s SET text = 'changed' WHERE feedback_id IN ('r-1', 'r-2', 'r-3')");
    advance("PT10M");
    run(
        "UPDATE %s SET text = 'stamped', updated_at = current_timestamp() WHERE feedback_id = 'r-4'");
    run("UPDATE %s SET text = text WHERE feedback_id = 'r-5'");
    run("DELETE FROM %s WHERE feedback_id = 'r-6'");
    String held = hold(insertion(100, 1, "current_timestamp()"));
    advance("PT50M");
    insert(200, 3);
    commit(held);
    run("OPTIMIZE %s");

    Checks checks = validate(Map.of());

    assertThat(checks.of("updates").verdict()).isEqualTo("warn");
    assertThat(checks.of("updates").detail())
        .startsWith("3 of 4 updates (75.0 %) left updated_at as it was");
    assertThat(checks.of("updates").remedy()).contains("loaded_at or updated_at");
    assertThat(checks.of("load time").detail()).startsWith("0 of 4 new rows (0 %)");
    assertThat(checks.of("lateness").detail())
        .contains("up to 50 min after their stamp, half of them within 0 ms", "by " + way);
    assertThat(checks.of("lateness").verdict()).isEqualTo("warn");
  }

  @Test
  void eventTimeIsToldFromLoadTime() {
    create("TIMESTAMP", "delta.appendOnly = false");
    insert(0, 10);
    advance("PT1H");
    run(
        insertion(
            100,
            40,
            "current_timestamp() - make_interval(0, 0, 0, CAST(id - 100 AS INT), 0, 0, 0)"));
    advance("PT1H");
    run(insertion(200, 10, "current_timestamp()"));

    Checks checks = validate(Map.of());

    assertThat(checks.of("load time").verdict()).isEqualTo("warn");
    assertThat(checks.of("load time").detail())
        .startsWith("38 of 50 new rows (76.0 %) were stamped more than a day before")
        .endsWith("updated_at says when something happened, not when the row was loaded");
    assertThat(checks.of("load time").remedy()).contains("loaded_at");
    assertThat(checks.of("lateness").remedy()).contains("see load time");
  }

  @Test
  void aColumnThatEveryUpdateMovesPasses() {
    create("TIMESTAMP", FEED);
    insert(0, 10);
    advance("PT1M");
    run("UPDATE %s SET text = 'y', updated_at = current_timestamp() WHERE feedback_id < 'r-5'");

    Checks checks = validate(Map.of());

    assertThat(checks.of("updates"))
        .isEqualTo(
            new Found(
                "pass",
                "each of 5 updates moved updated_at in the one commit that was looked at",
                ""));
    assertThat(checks.of("load time").verdict()).isEqualTo("skipped");
    assertThat(checks.byName().values()).extracting(Found::verdict).doesNotContain("fail");
  }

  @Test
  void whatTheFeedDoesNotHoldIsNotAskedOfIt() {
    create("TIMESTAMP", "delta.appendOnly = false");
    insert(0, 10);
    insert(10, 10);
    run("ALTER TABLE %s SET TBLPROPERTIES (" + FEED + ")");
    advance("PT1M");
    insert(20, 10);

    assertThat(validate(Map.of()).of("lateness").detail())
        .contains("in the one commit that was looked at", "by its change data feed");
  }

  @Test
  void theFirstLoadAndWhatWasBeforeAChangeOfColumnsAreNoMeasure() {
    create("TIMESTAMP", FEED);
    run(insertion(0, 10, "TIMESTAMP'2020-01-01T00:00:00Z'"));

    Checks loaded = validate(Map.of());
    assertThat(loaded.of("lateness").verdict()).isEqualTo("skipped");
    assertThat(loaded.of("lateness").detail()).contains("no load of the last 7 days");

    run("ALTER TABLE %s ADD COLUMN more STRING");
    assertThat(validate(Map.of()).of("lateness").verdict()).isEqualTo("skipped");
  }

  @Test
  void whereThereIsNoHistoryItSaysWhatThatMeans() {
    create("TIMESTAMP", FEED);
    insert(0, 10);
    insert(10, 10);
    advance("PT1M");
    run("CREATE VIEW %s_shown AS SELECT * FROM %<s");

    Checks checks = validate(table + "_shown", Map.of());

    assertThat(checks.of("unique key").verdict()).isEqualTo("pass");
    assertThat(checks.of("updates").verdict()).isEqualTo("skipped");
    assertThat(checks.of("load time").verdict()).isEqualTo("skipped");
    assertThat(checks.of("lateness").verdict()).isEqualTo("skipped");
    assertThat(checks.of("lateness").detail()).contains("could not be measured", "it is a view");
    assertThat(checks.of("reading").remedy()).contains("run birdie reconcile FILE once");
    assertThat(checks.of("same rows").verdict()).isEqualTo("pass");
    assertThat(checks.of("same rows").detail()).isEqualTo("asked twice, it gave the same 20 rows");
    assertThat(checks.of("lateness").remedy()).contains("looks back for 1 h", "reconcile");
  }

  @Test
  void aViewThatGivesOtherRowsEachTimeIsFoundOut() {
    create("TIMESTAMP", FEED);
    insert(0, 10);
    advance("PT1M");
    run("CREATE VIEW %s_random AS SELECT *, rand() AS noise FROM %<s");

    Found same = validate(table + "_random", Map.of()).of("same rows");

    assertThat(same.verdict()).isEqualTo("warn");
    assertThat(same.detail()).contains("no window of them can be proved");
    assertThat(same.remedy()).contains("rand()");
  }

  @Test
  void aMeasurementThatFailsKeepsNobodyFromReading() {
    create("TIMESTAMP", FEED);
    insert(0, 10);
    insert(10, 10);
    refuseHistory();

    Checks checks = validate(Map.of("mode", "cursor"));

    assertThat(checks.of("ties").verdict()).isEqualTo("pass");
    assertThat(checks.of("updates").verdict()).isEqualTo("skipped");
    assertThat(checks.of("lateness").verdict()).isEqualTo("skipped");
    assertThat(checks.of("lateness").detail()).contains("INTERNAL_ERROR");
  }

  @Test
  void aWayThatFailsInPassingIsNoFaultOfTheColumn() {
    create("TIMESTAMP", FEED);
    insert(0, 10);
    advance("PT1M");
    refuseHistory();
    Path file = lake.connect(folder, table, "review", Map.of());

    Answer answer = Birdie.run("validate", "--local", "--json", file.toString());

    assertThat(answer.code()).isEqualTo(4);
    Checks checks = checks(answer);
    assertThat(checks.of("partition column").verdict()).isEqualTo("pass");
    assertThat(checks.of("ties").verdict()).isEqualTo("pass");
    Found reading = checks.of("reading");
    assertThat(reading.verdict()).isEqualTo("fail");
    assertThat(reading.detail()).contains("history", "INTERNAL_ERROR");
    assertThat(reading.remedy()).contains("again in a few minutes", "\"mode\": \"cursor\"");
  }

  private static void refuseHistory() {
    send(
        "/local/faults",
        Map.of(
            "kind",
            "failed",
            "where",
            "result",
            "statement_contains",
            "DESCRIBE HISTORY",
            "error_code",
            "INTERNAL_ERROR"));
  }

  @Test
  void keysOfSeveralRowsAndRowsWithoutAKeyAreCounted() {
    create("TIMESTAMP", FEED);
    insert(0, 10);
    insert(0, 2);
    advance("PT1M");
    insert(1, 2);
    run("INSERT INTO %s VALUES (NULL, 'x', current_timestamp())");

    Checks checks = validate(Map.of());

    assertThat(checks.of("unique key").verdict()).isEqualTo("warn");
    assertThat(checks.of("unique key").detail())
        .isEqualTo(
            "3 values of feedback_id stand for more than one row, 7 rows in all; 2 of them for rows"
                + " of one stamp; besides, 1 row without a key");
    assertThat(checks.of("unique key").remedy()).contains("\"key\": [...]");
    assertThat(checks.of("updates").verdict()).isEqualTo("skipped");
  }

  @Test
  void aStampOfMostRowsIsNamed() {
    create("TIMESTAMP", FEED);
    run(insertion(0, 900, "TIMESTAMP'1970-01-01T00:00:00Z'"));
    insert(1000, 300);

    Found ties = validate(Map.of()).of("ties");

    assertThat(ties.verdict()).isEqualTo("warn");
    assertThat(ties.detail())
        .startsWith("at most 900 rows of 1,200 (75.0 %) share one stamp, 1970-01-01T00:00");
  }

  @Test
  void aColumnOfWholeDaysNeedsALagOfDays() {
    create("TIMESTAMP", FEED);
    for (String day : List.of("2026-03-08", "2026-03-09", "2026-03-10")) {
      run(insertion(0, 1, "TIMESTAMP'" + day + "T00:00:00Z'").replace("'r-'", "'" + day + "'"));
    }

    Found resolution = validate(Map.of()).of("resolution");

    assertThat(resolution.verdict()).isEqualTo("warn");
    assertThat(resolution.detail()).startsWith("all stamps are on whole days, and the lag is 1 h");
    assertThat(resolution.remedy()).contains("{\"lag\": \"P2D\"}");
    assertThat(validate(Map.of("lag", "P2D")).of("resolution").verdict()).isEqualTo("pass");
  }

  @Test
  void aDateIsJudgedByItsDay() {
    create("DATE", FEED);
    run(insertion(0, 5, "DATE'2026-03-09'"));
    run(insertion(10, 5, "current_date()"));

    Checks checks = validate(Map.of());

    assertThat(checks.of("resolution").verdict()).isEqualTo("pass");
    assertThat(checks.of("lateness").verdict()).isEqualTo("pass");
    assertThat(checks.of("lateness").detail()).contains("up to 0 ms after their stamp");
  }

  @Test
  void aTimeWithoutZoneIsMeasuredInItsOwn() {
    create("TIMESTAMP_NTZ", FEED);
    insert(0, 1);
    String late = "TIMESTAMP_NTZ'2026-03-10T20:40:00'"; // 20 min ago in Tokyo
    run(insertion(10, 5, late));

    assertThat(validate(Map.of("cursor_zone", "Asia/Tokyo")).of("lateness").detail())
        .contains("up to 20 min after their stamp");
  }

  @Test
  void rowsWithoutAStampAndInTheFutureHaveTheirShare() {
    create("TIMESTAMP", FEED);
    insert(0, 6);
    advance("PT1M");
    run(insertion(10, 3, "CAST(NULL AS TIMESTAMP)"));
    run(insertion(20, 1, "TIMESTAMP'9999-12-31T00:00:00Z'"));

    Checks checks = validate(Map.of());

    assertThat(checks.of("partition column").verdict()).isEqualTo("warn");
    assertThat(checks.of("partition column").detail())
        .contains("3 rows (30.0 %) have no value in it, and 1 (10.0 %) one in the future");
    assertThat(checks.of("load time").detail()).startsWith("0 of 1 new rows");
  }

  private void create(String type, String property) {
    run(
        "CREATE TABLE %s (feedback_id STRING, text STRING, updated_at "
            + type
            + ")"
            + " TBLPROPERTIES ("
            + property
            + ")");
  }

  private void insert(int from, int count) {
    run(insertion(from, count, "current_timestamp()"));
  }

  private static String insertion(int from, int count, String stamp) {
    return "INSERT INTO %s SELECT concat('r-', id), 'x', "
        + stamp
        + " FROM range("
        + from
        + ", "
        + (from + count)
        + ")";
  }

  private void run(String sql) {
    lake.sql().run(named(sql));
  }

  private String named(String sql) {
    return sql.replace("%s", name).replace("%<s", name);
  }

  private Checks validate(Map<String, Object> ingestion) {
    return validate(table, ingestion);
  }

  private Checks validate(String of, Map<String, Object> ingestion) {
    Path file = lake.connect(folder, of, "review", ingestion);
    Answer answer = Birdie.run("validate", "--local", "--json", file.toString());
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    return checks(answer);
  }

  private static Checks checks(Answer answer) {
    Map<String, Found> found = new HashMap<>();
    for (JsonNode check : JsonMapper.shared().readTree(answer.out()).path(0).path("checks")) {
      found.put(
          check.path("check").asString(),
          new Found(
              check.path("verdict").asString(),
              check.path("detail").asString(),
              check.path("remedy").asString("")));
    }
    assertThat(found)
        .containsKeys("unique key", "ties", "resolution", "updates", "load time", "lateness");
    return new Checks(found);
  }

  private void advance(String duration) {
    clock(Map.of("advance", duration));
  }

  private static void clock(Map<String, Object> change) {
    send("/local/clock", change);
  }

  private String hold(String sql) {
    return send("/local/transactions", Map.of("statement", named(sql))).path("id").asString();
  }

  private static void commit(String transaction) {
    JsonNode answer = send("/local/transactions/" + transaction + "/commit", Map.of());
    assertThat(answer.path("state").asString()).isEqualTo("COMMITTED");
  }

  private static JsonNode send(String path, Map<String, Object> body) {
    WorkspaceAccess access = lake.workspace().access();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(access.host() + path))
            .header("Authorization", "Bearer " + access.adminToken())
            .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JsonMapper.shared().readTree(answer.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
