package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Running.class)
final class PrivilegesTest {
  private static final String READER = "`reader@example.com`";

  private final Client client;

  PrivilegesTest(Client client) {
    this.client = client;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO main.feedback.nps SELECT * FROM main.feedback.nps",
        "UPDATE main.feedback.nps SET rating = 1",
        "DELETE FROM main.feedback.nps",
        "MERGE INTO main.feedback.nps t USING main.feedback.nps s ON false WHEN MATCHED THEN DELETE",
        "TRUNCATE TABLE main.feedback.nps",
        "OPTIMIZE main.feedback.nps",
        "DROP TABLE main.feedback.nps",
        "ALTER TABLE main.feedback.nps ADD COLUMN x INT",
        "CREATE TABLE main.feedback.x AS SELECT 1 AS x",
        "CREATE VIEW main.feedback.x AS SELECT 1 AS x",
        "CREATE TEMPORARY VIEW x AS SELECT 1 AS x",
        "WITH x AS (SELECT * FROM main.feedback.nps) INSERT INTO main.feedback.nps SELECT * FROM x",
        "INSERT INTO IDENTIFIER('main.feedback.nps') SELECT * FROM main.feedback.nps",
        "CACHE TABLE main.feedback.nps",
        "SET spark.sql.runSQLOnFiles = true",
        "USE main.feedback",
        "ADD JAR '/tmp/x.jar'",
        "GRANT SELECT ON SCHEMA main.default TO `reader@example.com`",
        "SELECT reflect('java.lang.System', 'getProperty', 'user.home')",
        "SELECT * FROM range(1) WHERE java_method('java.lang.System', 'lineSeparator') = ''",
        "SELECT IDENTIFIER('reflect')('java.lang.System', 'getProperty', 'user.home')",
        "SELECT * FROM VALUES (IDENTIFIER('reflect')('java.lang.System', 'getProperty', 'x'))",
        "SELECT TRANSFORM(feedback_id) USING 'cat' AS (x) FROM main.feedback.nps",
        "SELECT * FROM text.`/etc/hostname`",
        "SELECT * FROM IDENTIFIER('text.`/etc/hostname`')",
        "SELECT * FROM delta.`/tmp/x`",
        "BEGIN SELECT 1; END"
      })
  void readerMayOnlyRead(String statement) {
    Client.Answer answer = client.reader(statement);
    assertThat(answer.state()).isEqualTo("FAILED");
    assertThat(answer.sqlState()).as(answer.message()).isEqualTo("42501");
    assertThat(answer.message()).startsWith("[INSUFFICIENT_PERMISSIONS]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM main.feedback.nps LIMIT 1",
        "DESCRIBE TABLE main.feedback.nps",
        "DESCRIBE HISTORY main.feedback.nps",
        "SHOW TABLES IN main.feedback",
        "SHOW TBLPROPERTIES main.feedback.nps",
        "EXPLAIN SELECT * FROM main.feedback.nps",
        "SELECT * FROM main.feedback.nps VERSION AS OF 0 LIMIT 1",
        "SELECT * FROM IDENTIFIER('main.feedback.nps') LIMIT 1",
        "SELECT IDENTIFIER('feedback_id') FROM main.feedback.nps LIMIT 1",
        "WITH x AS (SELECT 1 AS a) SELECT * FROM x"
      })
  void readerMayReadWhatWasGranted(String statement) {
    assertThat(client.reader(statement).state()).isEqualTo("SUCCEEDED");
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
  void anOwnerIsWhomeverItIsGivenTo() {
    client.admin("CREATE SCHEMA main.given");
    client.admin("CREATE TABLE main.given.t AS SELECT 1 AS x");
    client.admin("GRANT USE SCHEMA ON SCHEMA main.given TO " + READER);
    String toReader = "ALTER TABLE main.given.t OWNER TO " + READER;
    assertThat(client.reader(toReader).sqlState()).isEqualTo("42501");
    client.admin(toReader);
    assertThat(client.reader("SELECT * FROM main.given.t").state()).isEqualTo("SUCCEEDED");
    assertThat(client.reader("ALTER TABLE main.given.t SET OWNER TO nobody").state())
        .isEqualTo("FAILED");
    assertThat(client.reader("ALTER TABLE main.given.t SET OWNER TO admin").state())
        .isEqualTo("SUCCEEDED");
    assertThat(client.reader("SELECT * FROM main.given.t").sqlState()).isEqualTo("42501");
  }

  @Test
  void selectAloneSufficesInHive() {
    client.admin("CREATE TABLE hive_metastore.default.plain AS SELECT 1 AS x");
    assertThat(client.reader("SELECT * FROM default.plain").sqlState()).isEqualTo("42501");
    client.admin("GRANT SELECT ON TABLE hive_metastore.default.plain TO " + READER);
    assertThat(client.reader("SELECT * FROM default.plain").state()).isEqualTo("SUCCEEDED");
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
