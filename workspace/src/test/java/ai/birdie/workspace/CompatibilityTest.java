package ai.birdie.workspace;

import static ai.birdie.workspace.Compatibility.answers;
import static ai.birdie.workspace.Compatibility.different;
import static ai.birdie.workspace.Compatibility.fails;
import static ai.birdie.workspace.Compatibility.failsWith;
import static ai.birdie.workspace.Compatibility.hasColumns;
import static ai.birdie.workspace.Compatibility.missing;
import static ai.birdie.workspace.Compatibility.runs;
import static ai.birdie.workspace.Compatibility.same;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.workspace.Compatibility.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/reference/workspace.md to what the workspace does. */
@ExtendWith(Running.class)
final class CompatibilityTest {
  private static final Path REFERENCE =
      Path.of(System.getProperty("birdie.root", "..")).resolve("docs/reference/workspace.md");

  private static final String STATEMENTS = "/api/2.0/sql/statements/";

  private static final String SYNTAX = "42601";
  private static final String UNSUPPORTED = "0A000";
  private static final String NO_ROUTINE = "42883";

  private static final List<Compatibility> ROWS =
      Stream.of(
              queries(),
              tables(),
              changes(),
              maintenance(),
              types(),
              errors(),
              parameters(),
              names(),
              ApiCompatibility.rows(),
              lifetimes(),
              own())
          .flatMap(List::stream)
          .toList();

  private final Client client;

  CompatibilityTest(Client client) {
    this.client = client;
  }

  @BeforeAll
  static void tables(Client client) {
    client.admin("DROP SCHEMA IF EXISTS main.compatibility CASCADE");
    client.admin("CREATE SCHEMA main.compatibility");
    client.admin(
        """
        CREATE TABLE main.compatibility.t (id BIGINT NOT NULL, v STRING) TBLPROPERTIES (
          delta.enableChangeDataFeed = true, delta.enableRowTracking = true)
        """);
    client.admin("INSERT INTO main.compatibility.t VALUES (1, 'a'), (2, 'b')");
    client.admin("UPDATE main.compatibility.t SET v = 'c' WHERE id = 1");
    client.admin(
        """
        CREATE TABLE main.compatibility.w (id BIGINT, v STRING)
        TBLPROPERTIES (delta.columnMapping.mode = 'name')
        """);
    client.admin("INSERT INTO main.compatibility.w VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    client.admin(
        """
        CREATE TABLE main.compatibility.governed TBLPROPERTIES (delta.enableChangeDataFeed = true)
        AS SELECT * FROM main.compatibility.t VERSION AS OF 1
        """);
    client.admin("CREATE VIEW main.compatibility.view AS SELECT * FROM main.compatibility.t");
  }

  static List<Compatibility> rows() {
    return ROWS;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void verdictIsTrue(Compatibility row) {
    row.check().of(client, row.what());
  }

  @Test
  void referenceIsWhatTheseRowsSay() throws IOException {
    String document = Compatibility.document(ROWS);
    if (System.getProperty("birdie.reference", "").equals("write")) {
      Files.writeString(REFERENCE, document);
    }
    assertThat(Files.readString(REFERENCE)).isEqualTo(document);
  }

  private static List<Compatibility> queries() {
    String area = "Queries";
    return List.of(
        same(area, "SELECT v FROM main.compatibility.`t` ORDER BY id", answers("c", "b")),
        same(area, "SELECT v FROM t@v1 ORDER BY id", answers("a", "b")),
        same(area, "SELECT v FROM t VERSION AS OF 1 ORDER BY id", answers("a", "b")),
        same(
            area,
            "SELECT count(*) FROM t TIMESTAMP AS OF (SELECT max(timestamp) FROM (DESCRIBE HISTORY t))",
            fails(SYNTAX)),
        different(
            area,
            "SELECT * FROM t@20200101000000000",
            "the short form is read as UTC, whatever the session's zone",
            fails("42816")),
        different(
            area,
            "SELECT * FROM view VERSION AS OF 1",
            "refused as if the view were not there",
            fails("42P01")),
        same(area, "SELECT id, _metadata.row_id FROM t ORDER BY id", answers("1 0", "2 1")),
        same(area, "SELECT _metadata.row_commit_version FROM t ORDER BY id", answers("2", "1")),
        same(
            area,
            "SELECT id, v, _change_type FROM table_changes('main.compatibility.t', 2) ORDER BY 3",
            answers("1 c update_postimage", "1 a update_preimage")),
        missing(
            area,
            "SELECT * FROM t CHANGES FROM VERSION 1",
            "use `table_changes`",
            fails(UNSUPPORTED)),
        same(
            area,
            "SELECT id FROM t QUALIFY row_number() OVER (ORDER BY id DESC) = 1",
            answers("2")),
        same(area, "FROM t |> WHERE id = 1 |> SELECT v", answers("c")),
        same(area, "SELECT parse_json('{\"a\": {\"b\": 7}}'):a.b::INT", answers("7")),
        same(area, "SELECT IDENTIFIER('main.compatibility.t.' || 'id') FROM t LIMIT 0", runs()),
        same(area, "EXECUTE IMMEDIATE 'SELECT count(*) FROM t'", answers("2")),
        different(
            area,
            "the reader runs EXECUTE IMMEDIATE 'SELECT 1'",
            "only administrators may",
            readerFails("EXECUTE IMMEDIATE 'SELECT 1'", "42501")),
        same(area, "BEGIN DECLARE x INT DEFAULT 1; SELECT x; END", answers("1")),
        same(area, "SELECT collate('a', 'UTF8_LCASE') = 'A'", answers("true")),
        missing(
            area,
            "SELECT * FROM read_files('/Volumes/a/b/c')",
            "files are made tables by `--data` at start",
            fails(UNSUPPORTED)),
        missing(area, "SELECT ai_query('a', 'b')", "", fails(NO_ROUTINE)),
        missing(area, "SELECT h3_longlatash3(1.0, 2.0, 3)", "", fails(NO_ROUTINE)),
        missing(
            area,
            "SELECT st_point(1, 2)",
            "of the ST functions Spark has those for well-known binary",
            fails(NO_ROUTINE)),
        missing(area, "SELECT getdate()", "use `current_timestamp()`", fails(NO_ROUTINE)));
  }

  private static List<Compatibility> tables() {
    String area = "Tables and views";
    return List.of(
        same(area, "SHOW CREATE TABLE t", hasColumns("createtab_stmt")),
        same(area, "SHOW CREATE TABLE view", hasColumns("createtab_stmt")),
        same(area, "DESCRIBE TABLE t", answers("id bigint NULL", "v string NULL")),
        same(area, "DESCRIBE EXTENDED t", runs()),
        missing(area, "DESCRIBE EXTENDED t AS JSON", "", fails(UNSUPPORTED)),
        different(area, "DESCRIBE DETAIL t", "the location is a folder of this machine", runs()),
        different(area, "DESCRIBE HISTORY t", "no user, and the engine is Delta's own", runs()),
        same(area, "SHOW TBLPROPERTIES t", hasColumns("key", "value")),
        same(area, "SHOW COLUMNS IN t", answers("id", "v")),
        same(
            area,
            "CREATE TABLE generated (ts TIMESTAMP, day DATE GENERATED ALWAYS AS (CAST(ts AS DATE)))",
            runs()),
        same(
            area,
            "CREATE TABLE identities (id BIGINT GENERATED ALWAYS AS IDENTITY, v STRING)",
            runs()),
        same(area, "CREATE TABLE clustered (id INT, k STRING) CLUSTER BY (k)", runs()),
        same(area, "ALTER TABLE clustered CLUSTER BY NONE", runs()),
        missing(area, "CREATE TABLE automatic (id INT) CLUSTER BY AUTO", "", fails(SYNTAX)),
        same(
            area,
            "CREATE TABLE mapped (`a b` INT) TBLPROPERTIES (delta.columnMapping.mode = 'name')",
            runs()),
        same(area, "CREATE OR REPLACE TABLE mapped AS SELECT 1 AS a", runs()),
        missing(
            area,
            "CREATE TABLE keyed (id INT, CONSTRAINT pk PRIMARY KEY (id))",
            "",
            fails(UNSUPPORTED)),
        missing(area, "ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (id)", "", fails(UNSUPPORTED)),
        same(area, "ALTER TABLE t ADD CONSTRAINT positive CHECK (id > 0)", runs()),
        same(area, "ALTER TABLE t DROP CONSTRAINT positive", runs()),
        same(area, "ALTER TABLE w ADD COLUMN n INT COMMENT 'new' AFTER id", runs()),
        same(area, "ALTER TABLE w RENAME COLUMN n TO m", runs()),
        same(area, "ALTER TABLE w DROP COLUMN m", runs()),
        same(area, "ALTER TABLE w ALTER COLUMN v COMMENT 'v'", runs()),
        same(area, "COMMENT ON TABLE w IS 'of use'", runs()),
        missing(
            area,
            "COMMENT ON COLUMN w.v IS 'v'",
            "use `ALTER TABLE ... ALTER COLUMN ... COMMENT`",
            fails(SYNTAX)),
        missing(area, "ALTER TABLE w SET TAGS ('a' = 'b')", "", fails(SYNTAX)),
        missing(
            area,
            "CREATE TABLE copy SHALLOW CLONE w",
            "Delta's clone refuses tables with column mapping",
            fails("42939")),
        missing(
            area,
            "CREATE TABLE copy DEEP CLONE t",
            "use `CREATE TABLE ... AS SELECT`",
            fails(SYNTAX)),
        missing(area, "CREATE TABLE copy LIKE t", "use `SHOW CREATE TABLE`", fails("42704")),
        missing(area, "UNDROP TABLE t", "", fails(SYNTAX)),
        missing(area, "CREATE MATERIALIZED VIEW m AS SELECT 1", "", fails(UNSUPPORTED)),
        missing(area, "CREATE STREAMING TABLE m AS SELECT 1", "", fails(UNSUPPORTED)),
        missing(area, "CREATE VOLUME m", "", fails(SYNTAX)),
        same(area, "CREATE FUNCTION f(x INT) RETURNS INT RETURN x + 1", runs()),
        different(area, "SELECT f(1)", "the column's name", answers("2")),
        same(area, "CREATE FUNCTION visible(n BIGINT) RETURNS BOOLEAN RETURN n > 1", runs()),
        same(
            area,
            "CREATE FUNCTION m(v STRING) RETURNS STRING RETURN concat('*', right(v, 1))",
            runs()),
        same(area, "ALTER TABLE governed SET ROW FILTER visible ON (id)", runs()),
        same(area, "ALTER TABLE governed ALTER COLUMN v SET MASK m", runs()),
        same(area, "SELECT id, v FROM governed", answers("2 *b")),
        same(area, "SELECT * FROM governed VERSION AS OF 1", fails(UNSUPPORTED)),
        same(
            area,
            "SELECT * FROM table_changes('main.compatibility.governed', 0)",
            fails(UNSUPPORTED)),
        different(
            area,
            "UPDATE governed SET v = 'd' WHERE id = 1",
            "UPDATE, DELETE, and MERGE see the whole table",
            answers("1")),
        same(
            area,
            "CREATE FUNCTION main.compatibility.q() RETURNS BIGINT RETURN (SELECT max(id) FROM t)",
            runs()),
        same(
            area,
            "SELECT q() from another schema",
            (client, what) ->
                assertThat(client.admin("SELECT main.compatibility.q()").rows())
                    .containsExactly(List.of("2"))),
        same(area, "DESCRIBE HISTORY governed", fails(UNSUPPORTED)),
        missing(area, "DESCRIBE FUNCTION main.compatibility.f", "", fails(UNSUPPORTED)),
        missing(
            area,
            "CREATE FUNCTION g() RETURNS TABLE (a INT) RETURN SELECT 1",
            "only functions of one SQL expression",
            fails(UNSUPPORTED)),
        missing(
            area,
            "CREATE TABLE masked (v STRING MASK m)",
            "use `ALTER TABLE ... SET MASK`",
            fails(SYNTAX)));
  }

  private static List<Compatibility> changes() {
    String area = "Changes";
    return List.of(
        same(
            area,
            "INSERT INTO w VALUES (4, 'd')",
            hasColumns("num_affected_rows", "num_inserted_rows")),
        same(area, "UPDATE w SET v = 'x' WHERE id = 1", hasColumns("num_affected_rows")),
        same(area, "DELETE FROM w WHERE id = 4", hasColumns("num_affected_rows")),
        same(
            area,
            "MERGE INTO w USING (SELECT 5L AS id, 'e' AS v) AS s ON w.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *",
            hasColumns(
                "num_affected_rows", "num_updated_rows", "num_deleted_rows", "num_inserted_rows")),
        same(area, "INSERT INTO w BY NAME SELECT 'z' AS v, 9 AS id", answers("1 1")),
        same(area, "INSERT INTO w REPLACE WHERE id = 9 SELECT 9, 'y'", answers("1 1")),
        same(area, "INSERT OVERWRITE w SELECT 1, 'a'", answers("1 1")),
        same(area, "TRUNCATE TABLE w", runs()),
        missing(area, "COPY INTO t FROM '/Volumes/a' FILEFORMAT = CSV", "", fails(SYNTAX)));
  }

  private static List<Compatibility> maintenance() {
    String area = "Maintenance";
    return List.of(
        same(area, "OPTIMIZE t", hasColumns("path", "metrics")),
        same(area, "OPTIMIZE t ZORDER BY (id)", runs()),
        same(area, "REORG TABLE t APPLY (PURGE)", runs()),
        same(area, "VACUUM t", hasColumns("path")),
        same(area, "VACUUM t RETAIN 0 HOURS", failsWith("DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT")),
        same(area, "RESTORE TABLE t TO VERSION AS OF 2", runs()),
        different(
            area,
            "the reader restores a table to the version that it has",
            "nothing is to be done, and MODIFY is not asked for",
            CompatibilityTest::restoringNothingIsAnybodys),
        missing(area, "ANALYZE TABLE t COMPUTE STATISTICS", "", fails(UNSUPPORTED)),
        missing(area, "FSCK REPAIR TABLE t", "", fails(SYNTAX)));
  }

  private static List<Compatibility> types() {
    String area = "Types over the wire";
    return List.of(
        different(
            area,
            "SELECT st_geomfromwkb(X'0101000000000000000000F03F0000000000000040')",
            "shapes are sent as well-known binary",
            answers("AQEAAAAAAAAAAADwPwAAAAAAAABA")),
        same(
            area,
            "SELECT parse_json('{\"b\": [1, null], \"a\": 1.50}')",
            answers("{\"a\":1.5,\"b\":[1,null]}")),
        same(area, "SELECT array(parse_json('[1]'))", answers("[[1]]")),
        same(area, "SELECT INTERVAL '1-2' YEAR TO MONTH", answers("INTERVAL '1-2' YEAR TO MONTH")),
        same(
            area,
            "SELECT TIMESTAMP'2021-06-15 12:34:56.789123Z'",
            answers("2021-06-15T12:34:56.789Z")),
        same(area, "SELECT 3.14::DECIMAL(10,4)", answers("3.1400")),
        same(area, "SELECT X'00FF'", answers("AP8=")),
        same(
            area,
            "SELECT named_struct('a', NULL, 'b', map('k', 1))",
            answers("{\"a\":null,\"b\":{\"k\":1}}")),
        missing(
            area,
            "CREATE TABLE collated (a STRING COLLATE UTF8_LCASE)",
            "Delta Lake keeps no collations",
            fails("0AKDC")),
        same(area, "CREATE TABLE intervals (i INTERVAL YEAR TO MONTH)", fails("0AKDC")));
  }

  private static List<Compatibility> errors() {
    String area = "Errors";
    return List.of(
        same(area, "SELEC 1", failsWith("[PARSE_SYNTAX_ERROR]", "SQLSTATE: 42601", "== SQL ==")),
        same(
            area,
            "SELECT * FROM nowhere",
            failsWith(
                "[TABLE_OR_VIEW_NOT_FOUND] The table or view `nowhere` cannot be found.",
                "SQLSTATE: 42P01")),
        same(
            area,
            "SELECT nothing FROM t",
            failsWith("[UNRESOLVED_COLUMN.WITH_SUGGESTION]", "`nothing`", "SQLSTATE: 42703")),
        same(area, "SELECT nothing(1)", failsWith("[UNRESOLVED_ROUTINE]", "SQLSTATE: 42883")),
        same(
            area,
            "SELECT 1 / 0",
            failsWith("[DIVIDE_BY_ZERO]", "\"ansi_mode\"", "SQLSTATE: 22012")),
        same(area, "SELECT CAST('x' AS INT)", failsWith("[CAST_INVALID_INPUT]", "SQLSTATE: 22018")),
        same(area, "SELECT 2147483647 + 1", failsWith("[ARITHMETIC_OVERFLOW]", "SQLSTATE: 22003")),
        same(area, "SELECT array(1)[5]", failsWith("[INVALID_ARRAY_INDEX]", "SQLSTATE: 22003")),
        same(area, "SELECT :x", fails("42P02")),
        same(
            area,
            "INSERT INTO t VALUES (NULL, 'x')",
            failsWith("[DELTA_NOT_NULL_CONSTRAINT_VIOLATED]", "SQLSTATE: 23502")),
        same(area, "DROP SCHEMA main.compatibility", fails("2BP01")),
        same(area, "CREATE TABLE t (id INT)", fails("42P07")));
  }

  private static List<Compatibility> parameters() {
    String area = "Parameters";
    return List.of(
        same(area, "SET ansi_mode", answers("ansi_mode true")),
        same(area, "SET ansi_mode = false", answers("ansi_mode false")),
        same(area, "SET", hasColumns("key", "value")),
        same(area, "SET -v", hasColumns("key", "value", "meaning")),
        same(area, "RESET ansi_mode", hasColumns()),
        same(area, "RESET", hasColumns()),
        same(area, "SET TIME ZONE 'America/Los_Angeles'", hasColumns("key", "value")),
        same(area, "SET TIME ZONE LOCAL", runs()),
        same(area, "SET timezone = Mars/Olympus", failsWith("[INVALID_CONF_VALUE.TIME_ZONE]")),
        same(
            area,
            "the reader runs SET spark.sql.shuffle.partitions = 1",
            readerFails("SET spark.sql.shuffle.partitions = 1", "42K0I")),
        different(
            area,
            "SET spark.sql.shuffle.partitions = 1",
            "an administrator may set what is Spark's own",
            answers("spark.sql.shuffle.partitions 1")),
        same(area, "SET statement_timeout = 60", answers("statement_timeout 60")),
        missing(area, "SET QUERY_TAGS['team'] = 'feedback'", "use `query_tags`", fails(SYNTAX)));
  }

  private static List<Compatibility> names() {
    String area = "Catalogs and privileges";
    return List.of(
        same(area, "CREATE CATALOG compatible", runs()),
        same(area, "SHOW CATALOGS LIKE 'compat*'", answers("compatible")),
        same(area, "SHOW CATALOGS", hasColumns("catalog")),
        same(area, "USE CATALOG compatible", runs()),
        same(
            area,
            "SELECT schema_name FROM compatible.information_schema.schemata WHERE schema_name = 'default'",
            answers("default")),
        same(area, "DROP CATALOG compatible CASCADE", runs()),
        same(
            area,
            "SELECT table_type FROM main.information_schema.tables WHERE table_schema = 'compatibility' AND table_name = 'view'",
            answers("VIEW")),
        same(
            area,
            "SELECT column_name FROM main.information_schema.columns WHERE table_schema = 'compatibility' AND table_name = 't' ORDER BY ordinal_position",
            answers("id", "v")),
        same(area, "GRANT SELECT ON TABLE t TO `reader@example.com`", runs()),
        same(
            area,
            "SHOW GRANTS ON TABLE t",
            hasColumns("Principal", "ActionType", "ObjectType", "ObjectKey")),
        same(
            area,
            "SELECT grantee FROM main.information_schema.table_privileges WHERE table_schema = 'compatibility' AND table_name = 't' AND privilege_type = 'SELECT'",
            answers("reader@example.com")),
        same(area, "REVOKE SELECT ON TABLE t FROM `reader@example.com`", runs()),
        same(
            area,
            "the reader selects from a table that was not granted",
            readerFails("SELECT * FROM main.compatibility.t", "42501")),
        same(
            area,
            "the reader inserts into a table that it may only read",
            readerFails("INSERT INTO main.feedback.nps SELECT * FROM main.feedback.nps", "42501")),
        same(
            area,
            "the reader drops a table that it may only read",
            readerFails("DROP TABLE main.feedback.nps", "42501")),
        same(
            area,
            "the reader runs SELECT reflect('java.lang.System', 'exit', 1)",
            readerFails("SELECT reflect('java.lang.System', 'exit', 1)", "42501")),
        same(
            area,
            "the reader calls a function without EXECUTE",
            readerFails("SELECT main.compatibility.q()", "42501")),
        same(
            area,
            "GRANT EXECUTE ON FUNCTION q TO `reader@example.com`",
            CompatibilityTest::executeIsGranted),
        same(area, "SHOW GRANTS ON FUNCTION q", runs()),
        same(area, "ALTER FUNCTION q OWNER TO `reader@example.com`", runs()),
        same(
            area,
            "the reader gives its function or view to somebody else",
            readerFails("ALTER FUNCTION main.compatibility.q OWNER TO admin", "42501")),
        different(
            area,
            "ALTER VIEW ... OWNER TO another, by no administrator, in hive_metastore",
            "refused as in Unity Catalog; Databricks documents no such limit there",
            CompatibilityTest::viewOfHiveStaysWithItsOwner),
        same(area, "SELECT current_user()", answers("admin")),
        same(area, "DESCRIBE SCHEMA EXTENDED main.compatibility", runs()));
  }

  private static List<Compatibility> lifetimes() {
    String area = "Lifetimes";
    return List.of(
        same(area, "a link 16 minutes after it was given: 403", CompatibilityTest::linkExpires),
        same(
            area,
            "a result 61 minutes after its statement: 404 for its chunks",
            CompatibilityTest::resultExpires),
        same(
            area,
            "a statement of a cold warehouse: PENDING until it runs",
            CompatibilityTest::coldWarehouseIsPending),
        same(
            area,
            "a statement of a cold warehouse that refuses it: 503",
            CompatibilityTest::coldWarehouseRefuses),
        same(
            area,
            "a cancel that comes too late: 200, and SUCCEEDED stays",
            CompatibilityTest::lateCancelDoesNothing),
        same(
            area,
            "a statement after it was closed: CLOSED, and 404 for its chunks",
            CompatibilityTest::closedStatementHasNoResult));
  }

  private static void linkExpires(Client client, String what) {
    Client.Answer answer = linked(client);
    String link = answer.body().at("/result/external_links/0/external_link").asText();
    assertThat(client.fetch(link).statusCode()).isEqualTo(200);
    later(client, "PT16M", () -> assertThat(client.fetch(link).statusCode()).isEqualTo(403));
  }

  private static void resultExpires(Client client, String what) {
    Client.Answer answer = linked(client);
    later(
        client,
        "PT61M",
        () -> {
          assertThat(chunk(client, answer).status()).isEqualTo(404);
          assertThat(statement(client, answer).status()).isEqualTo(200);
        });
  }

  private static void coldWarehouseIsPending(Client client, String what) {
    arm(client, "{\"kind\": \"cold_warehouse\", \"seconds\": 90}");
    assertThat(
            client
                .execute(
                    client.credentials().adminToken(),
                    "SELECT 'cold'",
                    body -> body.put("wait_timeout", "0s"))
                .state())
        .isEqualTo("PENDING");
    later(client, "PT90S", () -> answers("warm").of(client, "SELECT 'warm'"));
  }

  private static void coldWarehouseRefuses(Client client, String what) {
    arm(client, "{\"kind\": \"cold_warehouse\", \"seconds\": 90, \"statements\": \"refused\"}");
    Client.Answer refused = client.reader("SELECT 'cold'");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body().path("error_code").asText()).isEqualTo("TEMPORARILY_UNAVAILABLE");
    later(client, "PT90S", () -> answers("warm").of(client, "SELECT 'warm'"));
  }

  private static void lateCancelDoesNothing(Client client, String what) {
    Client.Answer answer = client.admin("SELECT 1");
    String cancel = STATEMENTS + answer.id() + "/cancel";
    assertThat(client.post(cancel, client.credentials().adminToken(), "").status()).isEqualTo(200);
    assertThat(statement(client, answer).state()).isEqualTo("SUCCEEDED");
  }

  private static void closedStatementHasNoResult(Client client, String what) {
    Client.Answer answer = linked(client);
    client.delete(STATEMENTS + answer.id(), client.credentials().adminToken());
    assertThat(statement(client, answer).state()).isEqualTo("CLOSED");
    assertThat(statement(client, answer).body().has("result")).isFalse();
    assertThat(chunk(client, answer).status()).isEqualTo(404);
  }

  private static Client.Answer linked(Client client) {
    return client.execute(
        client.credentials().adminToken(),
        "SELECT 1",
        body -> body.put("disposition", "EXTERNAL_LINKS").put("format", "JSON_ARRAY"));
  }

  private static Client.Answer statement(Client client, Client.Answer before) {
    return client.get(STATEMENTS + before.id(), client.credentials().adminToken());
  }

  private static Client.Answer chunk(Client client, Client.Answer before) {
    return client.get(
        STATEMENTS + before.id() + "/result/chunks/0", client.credentials().adminToken());
  }

  private static void arm(Client client, String fault) {
    assertThat(client.post("/local/faults", client.credentials().adminToken(), fault).status())
        .isEqualTo(200);
  }

  /** What is so when that time has passed; all is set back afterwards. */
  private static void later(Client client, String time, Runnable assertion) {
    String token = client.credentials().adminToken();
    try {
      client.post("/local/clock", token, "{\"advance\": \"" + time + "\"}");
      assertion.run();
    } finally {
      client.delete("/local/faults", token);
      client.post("/local/clock", token, "{\"reset\": true}");
    }
  }

  private static List<Compatibility> own() {
    String area = "Clock and faults";
    return List.of(
        different(
            area,
            "SELECT year(current_timestamp()) after POST /local/clock",
            "the clock can be set, and expiry and Delta's commits follow it; Databricks has no such call",
            CompatibilityTest::clockIsFollowed),
        different(
            area,
            "GET /local/faults",
            "failures can be armed, to see how a client takes them; Databricks has no such call",
            status(200, "/local/faults")));
  }

  private static void restoringNothingIsAnybodys(Client client, String what) {
    runs().of(client, "CREATE TABLE restored (id INT)");
    runs().of(client, "GRANT USE SCHEMA ON SCHEMA main.compatibility TO `reader@example.com`");
    runs().of(client, "GRANT SELECT ON TABLE restored TO `reader@example.com`");
    assertThat(
            client.reader("RESTORE TABLE main.compatibility.restored TO VERSION AS OF 0").state())
        .isEqualTo("SUCCEEDED");
  }

  private static void executeIsGranted(Client client, String what) {
    runs().of(client, "GRANT USE SCHEMA ON SCHEMA main.compatibility TO `reader@example.com`");
    runs().of(client, what);
    assertThat(client.reader("SELECT main.compatibility.q()").rows()).containsExactly(List.of("2"));
  }

  private static void viewOfHiveStaysWithItsOwner(Client client, String what) {
    client.admin("CREATE OR REPLACE VIEW hive_metastore.default.compatible AS SELECT 1 AS x");
    client.admin("ALTER VIEW hive_metastore.default.compatible OWNER TO `reader@example.com`");
    readerFails("ALTER VIEW hive_metastore.default.compatible OWNER TO admin", "42501")
        .of(client, what);
    client.admin("DROP VIEW hive_metastore.default.compatible");
  }

  private static void clockIsFollowed(Client client, String what) {
    String token = client.credentials().adminToken();
    try {
      client.post("/local/clock", token, "{\"set\": \"2031-05-06T07:08:09Z\", \"freeze\": true}");
      assertThat(client.admin("SELECT year(current_timestamp())").rows())
          .containsExactly(List.of("2031"));
    } finally {
      client.post("/local/clock", token, "{\"reset\": true}");
    }
  }

  private static Check readerFails(String statement, String sqlState) {
    return (client, what) -> {
      Client.Answer answer = client.reader(statement);
      assertThat(answer.sqlState()).as(answer.body().toString()).isEqualTo(sqlState);
    };
  }

  private static Check status(int status, String path) {
    return (client, what) -> {
      Client.Answer answer = client.get(path, client.credentials().adminToken());
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    };
  }
}
