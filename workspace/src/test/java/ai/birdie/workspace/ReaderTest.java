package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may and may not do who was granted to read, and nothing else. */
@ExtendWith(Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReaderTest {
  private static final String READER = "`reader@example.com`";

  private final Client client;

  @BeforeAll
  void makeATableThatIsHidden() {
    client.admin("CREATE SCHEMA hive_metastore.reader_test");
    client.admin(
        "CREATE TABLE hive_metastore.reader_test.hidden"
            + " TBLPROPERTIES (delta.enableChangeDataFeed = true) AS SELECT 1 AS secret");
    client.admin("CREATE TABLE hive_metastore.reader_test.shown AS SELECT 1 AS x");
    client.admin("INSERT INTO hive_metastore.reader_test.shown VALUES (2)");
    client.admin("GRANT SELECT ON TABLE hive_metastore.reader_test.shown TO " + READER);
  }

  ReaderTest(Client client) {
    this.client = client;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO main.feedback.nps SELECT * FROM main.feedback.nps",
        "INSERT INTO main.feedback.nps TABLE main.feedback.nps",
        "INSERT OVERWRITE main.feedback.nps SELECT * FROM main.feedback.nps",
        "INSERT INTO main.feedback.nps (feedback_id) VALUES ('x')",
        "INSERT INTO main.feedback.nps REPLACE WHERE true SELECT * FROM main.feedback.nps",
        "WITH x AS (SELECT * FROM main.feedback.nps) INSERT INTO main.feedback.nps SELECT * FROM x",
        "FROM main.feedback.nps INSERT INTO main.feedback.nps SELECT *",
        "INSERT INTO IDENTIFIER('main.feedback.nps') SELECT * FROM main.feedback.nps",
        "INSERT OVERWRITE DIRECTORY '/tmp/stolen' USING parquet SELECT * FROM main.feedback.nps",
        "UPDATE main.feedback.nps SET rating = 1",
        "UPDATE IDENTIFIER('main.feedback.nps') SET rating = 1",
        "DELETE FROM main.feedback.nps",
        "DELETE FROM main.feedback.nps WHERE rating IN (SELECT 1)",
        "DELETE FROM IDENTIFIER('main.feedback.' || 'nps')",
        "MERGE INTO main.feedback.nps t USING main.feedback.nps s ON false WHEN MATCHED THEN DELETE",
        "MERGE INTO main.feedback.nps t USING main.feedback.nps s ON t.feedback_id = s.feedback_id WHEN MATCHED THEN UPDATE SET *",
        "MERGE INTO main.feedback.nps t USING main.feedback.nps s ON false WHEN NOT MATCHED THEN INSERT *",
        "TRUNCATE TABLE main.feedback.nps",
        "OPTIMIZE main.feedback.nps",
        "OPTIMIZE main.feedback.nps ZORDER BY (rating)",
        "OPTIMIZE '/tmp/x'",
        "REORG TABLE main.feedback.nps APPLY (PURGE)",
        "VACUUM main.feedback.nps",
        "VACUUM main.feedback.nps RETAIN 0 HOURS",
        "VACUUM main.feedback.nps DRY RUN",
        "VACUUM '/tmp/x'",
        "RESTORE TABLE hive_metastore.reader_test.shown TO VERSION AS OF 0",
        "RESTORE TABLE delta.`/tmp/x` TO VERSION AS OF 0",
        "DROP TABLE main.feedback.nps",
        "DROP TABLE IF EXISTS main.feedback.nps",
        "DROP TABLE main.feedback.nps PURGE",
        "DROP TABLE IDENTIFIER('main.feedback.nps')",
        "DROP SCHEMA main.feedback",
        "DROP SCHEMA main.feedback CASCADE",
        "ALTER TABLE main.feedback.nps ADD COLUMN x INT",
        "ALTER TABLE main.feedback.nps RENAME TO main.feedback.mine",
        "ALTER TABLE main.feedback.nps DROP COLUMN rating",
        "ALTER TABLE main.feedback.nps RENAME COLUMN rating TO x",
        "ALTER TABLE main.feedback.nps ALTER COLUMN rating COMMENT 'x'",
        "ALTER TABLE main.feedback.nps SET TBLPROPERTIES ('delta.appendOnly' = 'true')",
        "ALTER TABLE main.feedback.nps UNSET TBLPROPERTIES IF EXISTS ('x')",
        "ALTER TABLE main.feedback.nps ADD CONSTRAINT c CHECK (rating > 0)",
        "ALTER TABLE main.feedback.nps CLUSTER BY (rating)",
        "ALTER TABLE main.feedback.nps SET LOCATION '/tmp/x'",
        "ALTER SCHEMA main.feedback SET DBPROPERTIES ('a' = 'b')",
        "ALTER SCHEMA main.feedback SET LOCATION '/tmp/x'",
        "COMMENT ON TABLE main.feedback.nps IS 'x'",
        "COMMENT ON SCHEMA main.feedback IS 'x'",
        "CREATE TABLE main.feedback.x AS SELECT 1 AS x",
        "CREATE TABLE main.feedback.x (x INT)",
        "CREATE TABLE IF NOT EXISTS main.feedback.x (x INT)",
        "CREATE OR REPLACE TABLE main.feedback.nps AS SELECT 1 AS x",
        "CREATE OR REPLACE TABLE main.feedback.x AS SELECT 1 AS x",
        "REPLACE TABLE main.feedback.nps AS SELECT 1 AS x",
        "CREATE TABLE main.feedback.x LIKE main.feedback.nps",
        "CREATE TABLE main.feedback.x SHALLOW CLONE main.feedback.nps",
        "CREATE TABLE delta.`/tmp/x` AS SELECT 1 AS x",
        "CREATE TABLE spark_catalog.default.x (x INT) USING delta",
        "CREATE TABLE main.feedback.x (x INT) LOCATION '/tmp/x'",
        "CREATE TABLE IDENTIFIER('main.feedback.x') AS SELECT 1 AS x",
        "CREATE SCHEMA main.mine",
        "CREATE SCHEMA main.mine LOCATION '/tmp/x'",
        "CREATE SCHEMA spark_catalog.mine",
        "CREATE VIEW main.feedback.x AS SELECT 1 AS x",
        "CREATE OR REPLACE VIEW main.feedback.x AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW x AS SELECT 1 AS x",
        "CREATE GLOBAL TEMPORARY VIEW x AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW x USING text OPTIONS (path '/etc/hostname')",
        "CREATE FUNCTION main.feedback.f() RETURNS INT RETURN 1",
        "CREATE TEMPORARY FUNCTION f AS 'java.lang.Runtime'",
        "CREATE FUNCTION f AS 'java.lang.Runtime' USING JAR '/tmp/x.jar'",
        "CONVERT TO DELTA parquet.`/tmp/x`",
        "GENERATE symlink_format_manifest FOR TABLE main.feedback.nps",
        "ANALYZE TABLE main.feedback.nps COMPUTE STATISTICS",
        "MSCK REPAIR TABLE main.feedback.nps",
        "LOAD DATA LOCAL INPATH '/etc/hostname' INTO TABLE main.feedback.nps",
        "CACHE TABLE main.feedback.nps",
        "CACHE TABLE x AS SELECT * FROM main.feedback.nps",
        "UNCACHE TABLE main.feedback.nps",
        "CLEAR CACHE",
        "REFRESH '/tmp'",
        "ADD JAR '/tmp/x.jar'",
        "ADD FILE '/etc/hostname'",
        "LIST FILES",
        "GRANT SELECT ON SCHEMA main.default TO `reader@example.com`",
        "GRANT ALL PRIVILEGES ON CATALOG main TO `reader@example.com`",
        "GRANT MODIFY ON TABLE main.feedback.nps TO `account users`",
        "REVOKE SELECT ON SCHEMA main.feedback FROM `account users`",
        "SHOW GRANTS ON TABLE main.feedback.nps",
        "SHOW GRANTS `admin` ON CATALOG main",
        "SELECT reflect('java.lang.System', 'getProperty', 'user.home')",
        "SELECT try_reflect('java.lang.System', 'getProperty', 'user.home')",
        "SELECT * FROM range(1) WHERE java_method('java.lang.System', 'lineSeparator') = ''",
        "SELECT (SELECT reflect('java.lang.System', 'getProperty', 'user.home'))",
        "SELECT transform(array(1), x -> reflect('java.lang.System', 'lineSeparator'))",
        "CREATE VIEW main.feedback.x AS SELECT reflect('java.lang.System', 'lineSeparator') AS x",
        "SELECT IDENTIFIER('reflect')('java.lang.System', 'getProperty', 'user.home')",
        "SELECT * FROM VALUES (IDENTIFIER('reflect')('java.lang.System', 'getProperty', 'x'))",
        "SELECT TRANSFORM(feedback_id) USING 'cat' AS (x) FROM main.feedback.nps",
        "SELECT * FROM text.`/etc/hostname`",
        "SELECT * FROM IDENTIFIER('text.`/etc/hostname`')",
        "SELECT * FROM delta.`/tmp/x`",
        "SELECT * FROM delta.`/tmp/x` VERSION AS OF 0",
        "DESCRIBE DETAIL '/tmp'",
        "DESCRIBE HISTORY '/tmp'",
        "DESCRIBE HISTORY delta.`/tmp/x`",
        "DESCRIBE DETAIL delta.`/tmp/x`",
        "EXPLAIN SELECT * FROM text.`/etc/hostname`",
        "EXPLAIN SELECT * FROM hive_metastore.reader_test.hidden",
        "SELECT * FROM hive_metastore.reader_test.hidden",
        "SELECT * FROM hive_metastore.reader_test.hidden VERSION AS OF 0",
        "SELECT * FROM IDENTIFIER('hive_metastore.reader_test.hidden')",
        "SELECT count(*) FROM main.feedback.nps WHERE EXISTS (SELECT 1 FROM hive_metastore.reader_test.hidden)",
        "SELECT no_such_column FROM hive_metastore.reader_test.hidden",
        "DESCRIBE TABLE hive_metastore.reader_test.hidden",
        "DESCRIBE HISTORY hive_metastore.reader_test.hidden",
        "DESCRIBE DETAIL hive_metastore.reader_test.hidden",
        "SHOW TBLPROPERTIES hive_metastore.reader_test.hidden",
        "SHOW COLUMNS IN hive_metastore.reader_test.hidden",
        "SELECT * FROM main.default.anything",
        "SELECT * FROM table_changes('hive_metastore.reader_test.hidden', 0)",
        "SELECT * FROM delta_table_changes_by_path('/tmp/x', 0)",
        "BEGIN SELECT 1; END",
        "EXECUTE IMMEDIATE 'DROP TABLE main.feedback.nps'",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "EXPLAIN EXECUTE IMMEDIATE 'TRUNCATE TABLE main.feedback.nps'"
      })
  void readerMayOnlyRead(String statement) {
    Client.Answer answer = client.reader(statement);
    assertThat(answer.state()).isEqualTo("FAILED");
    assertThat(answer.sqlState()).as(answer.message()).isEqualTo("42501");
    assertThat(answer.message()).startsWith("[INSUFFICIENT_PERMISSIONS]").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM main.feedback.nps LIMIT 1",
        "DESCRIBE TABLE main.feedback.nps",
        "DESCRIBE HISTORY main.feedback.nps",
        "DESCRIBE DETAIL main.feedback.nps",
        "DESCRIBE SCHEMA main.feedback",
        "DESCRIBE QUERY SELECT * FROM main.feedback.nps",
        "DESCRIBE IDENTIFIER('main.feedback.nps')",
        "SHOW COLUMNS IN main.feedback.nps",
        "SHOW SCHEMAS IN main",
        "SHOW VIEWS IN main.feedback",
        "SHOW GRANTS `reader@example.com` ON TABLE main.feedback.nps",
        "USE main.feedback",
        "VALUES (1), (2)",
        "TABLE main.feedback.nps",
        "FROM main.feedback.nps SELECT count(*)",
        "SELECT current_user(), current_catalog()",
        "SELECT * FROM (SELECT * FROM main.feedback.nps) PIVOT (count(*) FOR rating IN (1, 2))",
        "SHOW TABLES IN main.feedback",
        "SHOW TBLPROPERTIES main.feedback.nps",
        "EXPLAIN SELECT * FROM main.feedback.nps",
        "SELECT * FROM main.feedback.nps VERSION AS OF 0 LIMIT 1",
        "SELECT * FROM IDENTIFIER('main.feedback.nps') LIMIT 1",
        "SELECT IDENTIFIER('feedback_id') FROM main.feedback.nps LIMIT 1",
        "WITH x AS (SELECT 1 AS a) SELECT * FROM x"
      })
  void readerMayReadWhatWasGranted(String statement) {
    Client.Answer answer = client.reader(statement);
    assertThat(answer.state()).as(answer.message()).isEqualTo("SUCCEEDED");
  }

  @Test
  void selectNeedsAllThreeRightsAndTheMessageNamesTheMissingOne() {
    client.admin("CREATE SCHEMA main.closed");
    client.admin("CREATE TABLE main.closed.t AS SELECT 1 AS x");
    String select = "SELECT * FROM main.closed.t";
    assertThat(client.reader(select).message())
        .isEqualTo(
            "[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have USE SCHEMA on"
                + " Schema 'main.closed'. SQLSTATE: 42501");
    client.admin("GRANT USAGE ON SCHEMA main.closed TO " + READER);
    assertThat(client.reader(select).message())
        .isEqualTo(
            "[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have SELECT on"
                + " Table 'main.closed.t'. SQLSTATE: 42501");
    client.admin("GRANT SELECT ON TABLE main.closed.t TO " + READER);
    assertThat(client.reader(select).state()).isEqualTo("SUCCEEDED");
    client.admin("REVOKE SELECT ON TABLE main.closed.t FROM " + READER);
    assertThat(client.reader(select).sqlState()).isEqualTo("42501");
    assertThat(client.reader("SELECT (SELECT max(x) FROM main.closed.t)").sqlState())
        .isEqualTo("42501");
  }

  @Test
  void missingCatalogRightIsNamedFirst() {
    client.admin("REVOKE USE CATALOG ON CATALOG main FROM " + READER);
    try {
      assertThat(client.reader("SELECT * FROM main.feedback.nps").message())
          .contains("USE CATALOG on Catalog 'main'");
    } finally {
      client.admin("GRANT USE CATALOG ON CATALOG main TO " + READER);
    }
  }

  @Test
  void viewIsReadWithItsOwnersRights() {
    client.admin("CREATE SCHEMA main.owned");
    client.admin("CREATE TABLE main.owned.secret AS SELECT 1 AS x");
    client.admin("CREATE VIEW main.owned.shown AS SELECT x FROM main.owned.secret");
    client.admin("GRANT USE SCHEMA ON SCHEMA main.owned TO " + READER);
    client.admin("GRANT SELECT ON VIEW main.owned.shown TO " + READER);
    assertThat(client.reader("SELECT * FROM main.owned.shown").state()).isEqualTo("SUCCEEDED");
    assertThat(client.reader("SELECT * FROM main.owned.secret").sqlState()).isEqualTo("42501");
    assertThat(
            client
                .reader("SELECT s.* FROM main.owned.shown v JOIN main.owned.secret s ON true")
                .sqlState())
        .isEqualTo("42501");
  }

  @Test
  void selectAloneSufficesInHive() {
    client.admin("CREATE TABLE hive_metastore.default.plain AS SELECT 1 AS x");
    assertThat(client.reader("SELECT * FROM default.plain").sqlState()).isEqualTo("42501");
    client.admin("GRANT SELECT ON TABLE hive_metastore.default.plain TO " + READER);
    assertThat(client.reader("SELECT * FROM default.plain").state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void commandInAStringIsNotRun() {
    client.admin("CREATE TABLE hive_metastore.reader_test.kept AS SELECT 1 AS x");
    client.admin("GRANT SELECT ON TABLE hive_metastore.reader_test.kept TO " + READER);
    String truncate = "EXECUTE IMMEDIATE 'TRUNCATE TABLE hive_metastore.reader_test.kept'";
    assertThat(client.reader(truncate).sqlState()).isEqualTo("42501");
    assertThat(client.admin("SELECT x FROM hive_metastore.reader_test.kept").rows()).hasSize(1);
  }

  @Test
  void grantOnNothingFails() {
    Client.Answer answer =
        client.execute(
            client.credentials().adminToken(),
            "GRANT SELECT ON TABLE main.feedback.nowhere TO " + READER,
            body -> {});
    assertThat(answer.sqlState()).isEqualTo("42P01");
  }
}
