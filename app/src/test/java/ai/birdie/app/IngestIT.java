package ai.birdie.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.app.Birdie.Answer;
import ai.birdie.app.SharedWorkspace.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job, from the outside: what the store holds is what the source holds. */
@ExtendWith(SharedWorkspace.class)
class IngestIT {

  /**
   * Every type that a feedback table may have, NULLs in each, awkward texts, rows without a key.
   */
  private static String everyType(String table, int rows) {
    return """
    CREATE TABLE main.feedback.%s AS SELECT
      CASE WHEN id %% 500 = 7 THEN NULL ELSE concat('r-', id) END AS feedback_id,
      CASE id %% 6
        WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'naïve 日本語 👩‍👩‍👧 "quoted"'
        WHEN 3 THEN 'two\\nlines, a tab\\tand a | bar' WHEN 4 THEN repeat('long ', 2000)
        ELSE concat('plain ', id) END AS text,
      CAST(id %% 5 + 1 AS INT) AS rating,
      CAST(id AS BIGINT) * 4611686018427 AS big,
      CAST(id %% 100 AS SMALLINT) AS small,
      CAST(id AS DECIMAL(12, 2)) / 7 AS amount,
      CAST(CAST(id AS DECIMAL(38, 0)) * 12345678901234567890 AS DECIMAL(38, 0)) AS huge,
      CAST(id / 8.0 AS DOUBLE) AS score,
      id %% 2 = 0 AS recommended,
      date_add(DATE'1969-12-20', CAST(id AS INT)) AS day,
      timestamp_micros(id * 86400000123) AS posted_at,
      CAST(timestamp_micros(id * 3600000001) AS TIMESTAMP_NTZ) AS local_time,
      unhex(hex(id)) AS payload,
      CASE WHEN id %% 3 = 0 THEN NULL ELSE array('a', concat('t', id), NULL) END AS tags,
      map('k', concat('v', id), 'l', 'w') AS labels,
      named_struct('a', CAST(id AS INT), 'b', CASE WHEN id %% 2 = 0 THEN 'x' END) AS nested,
      timestamp_micros(1760000000000000 + id * 1000001) AS updated_at
    FROM range(%d)
    """
        .formatted(table, rows);
  }

  @TempDir private Path folder;

  @Test
  void holdsEveryColumnAsTheSourceHasItAndFollowsItsChanges(Lake lake) {
    lake.sql().run(everyType("every_type", 3_000));
    Path file = lake.connect(folder, "every_type", "review", Map.of("window_rows", 700));

    JsonNode first = ingest(file);
    assertThat(first.path("windows").asInt()).isGreaterThan(3);
    assertThat(first.path("added").asInt()).isEqualTo(3_000);
    assertThat(first.path("quarantined").asInt()).isEqualTo(6);
    SourceAndStore.assertEqual(file, folder);

    lake.sql()
        .run(
            "UPDATE main.feedback.every_type SET text = 'updated', updated_at = current_timestamp()"
                + " WHERE feedback_id IS NOT NULL AND rating = 1");
    lake.sql()
        .run(
            "INSERT INTO main.feedback.every_type BY NAME SELECT * EXCEPT (feedback_id, updated_at),"
                + " concat('new-', feedback_id) AS feedback_id, current_timestamp() AS updated_at"
                + " FROM main.feedback.every_type WHERE rating = 2 AND feedback_id IS NOT NULL");
    lake.sql()
        .run(
            """
            MERGE INTO main.feedback.every_type t
            USING (SELECT concat('r-', id * 100 + 3) AS feedback_id FROM range(40)) s
            ON t.feedback_id = s.feedback_id
            WHEN MATCHED THEN UPDATE SET amount = -1, updated_at = current_timestamp()
            WHEN NOT MATCHED THEN INSERT (feedback_id, text, rating, updated_at)
              VALUES (s.feedback_id, 'merged', 3, current_timestamp())
            """);
    JsonNode second = ingest(file);
    assertThat(second.path("changed").asInt()).isGreaterThan(600);
    SourceAndStore.assertEqual(file, folder);

    lake.sql().run("ALTER TABLE main.feedback.every_type ADD COLUMN region STRING");
    lake.sql()
        .run(
            "UPDATE main.feedback.every_type SET region = 'EMEA', updated_at = current_timestamp()"
                + " WHERE rating = 4 AND feedback_id IS NOT NULL");
    ingest(file);
    SourceAndStore.assertEqual(file, folder);
  }

  @Test
  void reconcilesWhatNoRunCanSee(Lake lake) {
    lake.sql()
        .run(
            """
            CREATE TABLE main.feedback.silent AS
            SELECT concat('r-', id) AS feedback_id, 'text' AS text,
              current_timestamp() - make_dt_interval(0, 5, 0, CAST(id AS INT)) AS updated_at
            FROM range(5000)
            """);
    Path file = lake.connect(folder, "silent", "review", Map.of());
    ingest(file);
    lake.sql()
        .run("UPDATE main.feedback.silent SET text = 'in silence' WHERE feedback_id = 'r-1234'");
    lake.sql()
        .run(
            "INSERT INTO main.feedback.silent VALUES"
                + " ('late', 'hours late', current_timestamp() - INTERVAL 330 MINUTES)");

    JsonNode run = ingest(file);
    assertThat(run.path("read").asInt()).as("what a run sees").isZero();
    assertThat(run.path("traffic").path("chunks").asInt()).isZero();

    JsonNode found = reconcile(file);
    assertThat(found.path("compared").asInt()).isGreaterThan(40);
    assertThat(found.path("differed")).isNotEmpty();
    assertThat(found.path("remaining")).isEmpty();
    assertThat(found.path("added").asInt()).isEqualTo(1);
    assertThat(found.path("changed").asInt()).isEqualTo(1);
    assertThat(found.path("read").asInt()).isLessThan(500);
    SourceAndStore.assertEqual(file, folder);
    assertThat(reconcile(file).path("differed")).isEmpty();
  }

  @Test
  void findsRowsThatAreStampedEarlyCommittedLateOrNotStampedAtAll(Lake lake) {
    lake.sql()
        .run(
            """
            CREATE TABLE main.feedback.late AS
            SELECT concat('r-', id) AS feedback_id, 'text' AS text,
              CASE id % 10
                WHEN 0 THEN NULL
                WHEN 1 THEN current_timestamp() + INTERVAL 400 DAYS
                WHEN 2 THEN TIMESTAMP'0001-01-02 03:04:05'
                ELSE current_timestamp() - make_dt_interval(0, CAST(id AS INT)) END AS updated_at
            FROM range(200)
            """);
    Path file = lake.connect(folder, "late", "review", Map.of());
    ingest(file);
    SourceAndStore.assertEqual(file, folder);

    lake.sql()
        .run(
            "INSERT INTO main.feedback.late SELECT concat('late-', id), 'late',"
                + " current_timestamp() - INTERVAL 59 MINUTES FROM range(20)");
    lake.sql().run("INSERT INTO main.feedback.late VALUES ('ancient', 'x', TIMESTAMP'0001-01-01')");
    lake.sql()
        .run(
            "UPDATE main.feedback.late SET updated_at = current_timestamp(), text = 'mended'"
                + " WHERE updated_at IS NULL OR updated_at > current_timestamp()");
    ingest(file);
    SourceAndStore.assertEqual(file, folder);
  }

  @Test
  void readsTheHiveMetastoreByAConnectionWithoutACatalog(Lake lake) throws IOException {
    lake.sql().run("CREATE SCHEMA IF NOT EXISTS hive_metastore.voc");
    lake.sql()
        .run(
            "CREATE TABLE hive_metastore.voc.tickets AS SELECT CAST(id AS STRING) AS"
                + " conversation_id, 'hello' AS text, DATE'2026-01-01' + CAST(id % 400 AS INT) AS"
                + " changed_on FROM range(1000)");
    lake.sql()
        .run(
            "GRANT SELECT ON TABLE hive_metastore.voc.tickets TO `%s`"
                .formatted(lake.workspace().access().clientId()));
    Path file = lake.connect(folder, "tickets", "Support Ticket", Map.of());
    Files.writeString(
        file,
        Files.readString(file)
            .replace("\"catalog\":\"main\",", "")
            .replace(",\"catalog\":\"main\"", "")
            .replace("\"feedback\"", "\"voc\"")
            .replace("updated_at", "changed_on"));

    assertThat(ingest(file).path("added").asInt()).isEqualTo(1_000);
    SourceAndStore.assertEqual(file, folder);
    assertThat(count("SELECT count(DISTINCT message_id) AS n FROM support_ticket"))
        .isEqualTo(1_000);
  }

  @Test
  void readsOneTableOfSeveralKindsAsAFeedForEach(Lake lake) {
    lake.sql()
        .run(
            "CREATE TABLE main.feedback.mixed AS SELECT concat('m-', id) AS feedback_id, 5 AS rating,"
                + " CASE WHEN id = 0 THEN 'NPS\\n' WHEN id = 3 THEN '\\tNPS\\r' WHEN id % 3 = 0 THEN 'NPS'"
                + " WHEN id = 1 THEN concat('csat', unhex('C2A0')) WHEN id % 3 = 1 THEN ' csat'"
                + " ELSE 'Review' END AS data_kind,"
                + " timestamp_micros(1760000000000000 + id) AS updated_at FROM range(90)");
    Path file = lake.connect(folder, "mixed", "NPS, CSAT", Map.of());

    Answer answer = run("ingest", "--json", file);

    JsonNode feeds = JsonMapper.shared().readTree(answer.out()).path("feeds");
    assertThat(feeds.get(0).path("feed").asString()).isEqualTo("mixed.nps");
    assertThat(feeds.get(0).path("added").asInt()).isEqualTo(30);
    assertThat(feeds.get(1).path("feed").asString()).isEqualTo("mixed.csat");
    assertThat(feeds.get(1).path("added").asInt()).isEqualTo(29);
    String other =
        "31 rows are of kinds in data_kind that this connection does not read: Review (30), no"
            + " name of a kind (1)";
    assertThat(answer.err()).contains("main.feedback.mixed: " + other);
    assertThat(feeds.get(0).path("warnings").toString()).contains("main.feedback.mixed: " + other);
    assertThat(feeds.get(1).path("warnings").toString()).as("said once").doesNotContain(other);
    assertThat(run("validate", file).out().replaceAll("\\s+", " ")).contains(other);
  }

  @Test
  void landsOnAMachineWhoseLanguageHasDigitsOfItsOwn(Lake lake) {
    lake.sql().run(everyType("other_digits", 600));
    Path file = lake.connect(folder, "other_digits", "review", Map.of("window_rows", 500));
    List<String> command =
        new ArrayList<>(
            Birdie.command(
                List.of("ingest", "--local", "--home", folder.toString(), file.toString())));
    command.addAll(command.indexOf("-jar"), List.of("-Duser.language=ar", "-Duser.country=EG"));

    Answer answer = Birdie.finish(Birdie.start(command));

    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    assertThat(answer.err()).contains("window 1 of");
    SourceAndStore.assertEqual(file, folder);
  }

  @Test
  void readsARangeAgainOrEverythingAnewOnRequest(Lake lake) {
    lake.sql()
        .run(
            "CREATE TABLE main.feedback.again AS SELECT concat('r-', id) AS feedback_id, 'x' AS text,"
                + " TIMESTAMP'2026-01-01 00:00:00' + make_dt_interval(0, CAST(id AS INT)) AS"
                + " updated_at FROM range(100)");
    Path file = lake.connect(folder, "again", "review", Map.of());
    ingest(file);
    // A change that does not touch the cursor is out of reach of an ordinary run.
    lake.sql().run("UPDATE main.feedback.again SET text = 'y' WHERE feedback_id < 'r-2'");

    assertThat(ingest(file).path("read").asInt()).isZero();
    Answer range =
        run("ingest", "--json", "--from=2026-01-01T10:00:00Z", "--to=2026-01-01T20:00:00Z", file);
    JsonNode reread = JsonMapper.shared().readTree(range.out()).path("feeds").get(0);
    assertThat(reread.path("read").asInt()).isEqualTo(10);
    assertThat(reread.path("changed").asInt()).isEqualTo(10);

    assertThat(run("ingest", "--full", file).code()).isZero();
    SourceAndStore.assertEqual(file, folder);
  }

  @Test
  void readsAView(Lake lake) {
    lake.sql()
        .run(
            "CREATE VIEW main.feedback.renamed AS SELECT feedback_id, text AS comment, rating,"
                + " updated_at FROM main.feedback.csat WHERE feedback_id IS NOT NULL"
                + " AND trim(feedback_id) <> '' AND updated_at IS NOT NULL"
                + " QUALIFY row_number() OVER (PARTITION BY feedback_id ORDER BY updated_at DESC) = 1");
    Path file = lake.connect(folder, "renamed", "csat", Map.of());
    ingest(file);
    SourceAndStore.assertEqual(file, folder);
  }

  @Test
  void landsEveryKindOfTheSampleDataInItsView(Lake lake) {
    List<String> kinds =
        List.of(
            "nps",
            "csat",
            "review",
            "support_ticket",
            "social_media_post",
            "issue",
            "account",
            "user");
    for (String kind : kinds) {
      JsonNode feed = ingest(lake.connect(folder, kind, kind, Map.of()));
      long current = feed.path("added").asLong() + feed.path("changed").asLong();
      assertThat(current).as(kind).isPositive();
      assertThat(count("SELECT count(*) AS n FROM \"" + kind + "\""))
          .as(kind)
          .isPositive()
          .isLessThanOrEqualTo(current);
    }
    ingest(lake.connect(folder, "product", "reference", Map.of("key", List.of("product_id"))));
    assertThat(count("SELECT count(*) AS n FROM product")).isPositive();

    Answer status = Birdie.run("status", "--json", "--home", folder.toString());
    assertThat(status.code()).isZero();
    JsonNode feeds = JsonMapper.shared().readTree(status.out());
    assertThat(feeds)
        .hasSize(9)
        .allSatisfy(feed -> assertThat(feed.path("unbalanced").asInt()).isZero());
    Map<String, JsonNode> byName = new HashMap<>();
    feeds.forEach(feed -> byName.put(feed.path("feed").asString(), feed));
    assertLinked(byName.get("review"), "account_ids", "account_id", "account");
    assertLinked(byName.get("review"), "author_ids", "author_id", "user");
    JsonNode conversations = requireNonNull(byName.get("support_ticket")).path("conversations");
    assertThat(conversations.path("complete").asLong())
        .isPositive()
        .isEqualTo(count("SELECT count(DISTINCT conversation_id) AS n FROM support_ticket"));
    assertThat(conversations.path("without_messages").isNumber()).isTrue();
    assertThat(conversations.path("messages_without").isNumber()).isTrue();
    JsonNode product = requireNonNull(byName.get("product"));
    for (String absent : List.of("account_ids", "author_ids", "conversations")) {
      assertThat(product.path(absent).isNull()).as(absent).isTrue();
    }
  }

  /** How many ids a feed has, and how many of them somebody has, is what SQL counts. */
  private void assertLinked(@Nullable JsonNode feed, String key, String field, String owner) {
    JsonNode ids = requireNonNull(feed).path(key);
    String present = "FROM review WHERE trim(%s) <> ''".formatted(field);
    long different = count("SELECT count(DISTINCT %s) AS n %s".formatted(field, present));
    long matched =
        count(
            "SELECT count(DISTINCT %1$s) AS n %2$s AND %1$s IN (SELECT %1$s FROM \"%3$s\")"
                .formatted(field, present, owner));
    assertThat(different).as(key).isPositive();
    assertThat(ids.path("different").asLong()).as(key).isEqualTo(different);
    assertThat(ids.path("matched").asLong()).as(key).isEqualTo(matched);
    assertThat(ids.path("share").asDouble()).as(key).isEqualTo((double) matched / different);
  }

  @Test
  void validatesWhatItThenIngests(Lake lake) {
    Path file = lake.connect(folder, "nps", "NPS", Map.of());
    Answer answer = Birdie.run("validate", "--local", "--json", file.toString());
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    JsonNode checks = JsonMapper.shared().readTree(answer.out()).get(0).path("checks");
    assertThat(checks.size()).isGreaterThan(8);
    assertThat(checks).noneMatch(check -> check.path("verdict").asString().equals("fail"));
  }

  private long count(String sql) {
    Answer answer = Birdie.run("query", "--json", "--home", folder.toString(), sql);
    assertThat(answer.code()).as(answer.err()).isZero();
    return JsonMapper.shared().readTree(answer.out()).get(0).path("n").asLong();
  }

  private Answer run(Object... command) {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    words.addAll(List.of("--local", "--home", folder.toString()));
    Answer answer = Birdie.run(words);
    assertThat(answer.out() + answer.err()).doesNotContain("eyJ", "dose", "Bearer"); // no secrets
    return answer;
  }

  private JsonNode ingest(Path file) {
    return feed("ingest", file);
  }

  private JsonNode reconcile(Path file) {
    return feed("reconcile", file);
  }

  private JsonNode feed(String command, Path file) {
    Answer answer = run(command, "--json", file);
    assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    return JsonMapper.shared().readTree(answer.out()).path("feeds").get(0);
  }
}
