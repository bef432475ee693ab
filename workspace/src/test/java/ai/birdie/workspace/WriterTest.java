package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What grants and ownership let people do who are no administrators. */
@ExtendWith(Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WriterTest {
  private final Client client;
  private Member writer;
  private Member maker;

  WriterTest(Client client) {
    this.client = client;
  }

  @BeforeAll
  void makeASchemaAndTwoPrincipals() {
    writer = Member.user(client, "writer@w.example");
    maker = Member.user(client, "maker@w.example", "makers");
    client.admin("CREATE SCHEMA main.w");
    client.admin("CREATE TABLE main.w.t AS SELECT 1 AS x");
    client.admin("GRANT USE CATALOG ON CATALOG main TO " + writer.quoted());
    client.admin("GRANT USE SCHEMA ON SCHEMA main.w TO " + writer.quoted());
    client.admin("GRANT USE CATALOG ON CATALOG main TO makers");
    client.admin("GRANT USE SCHEMA, CREATE TABLE ON SCHEMA main.w TO makers");
  }

  @Test
  void modifyIsEnoughToInsertAndChangingNeedsSelectToo() {
    client.admin("CREATE TABLE main.w.changed AS SELECT 1 AS x");
    assertThat(writer.refused("INSERT INTO main.w.changed VALUES (2)"))
        .contains("User does not have MODIFY on Table 'main.w.changed'.");
    client.admin("GRANT MODIFY ON TABLE main.w.changed TO " + writer.quoted());
    writer.done("INSERT INTO main.w.changed VALUES (2)");
    assertThat(writer.refused("SELECT * FROM main.w.changed"))
        .contains("User does not have SELECT on Table 'main.w.changed'.");
    assertThat(writer.refused("DELETE FROM main.w.changed WHERE x = 2")).contains("SELECT");
    assertThat(writer.refused("INSERT INTO main.w.changed SELECT x FROM main.w.t"))
        .contains("User does not have SELECT on Table 'main.w.t'.");
    client.admin("GRANT SELECT ON TABLE main.w.changed TO " + writer.quoted());
    for (String statement :
        List.of(
            "UPDATE main.w.changed SET x = 3 WHERE x = 2",
            "DELETE FROM main.w.changed WHERE x = 3",
            "MERGE INTO main.w.changed t USING (SELECT 5 AS x) s ON t.x = s.x"
                + " WHEN NOT MATCHED THEN INSERT *",
            "INSERT OVERWRITE main.w.changed VALUES (9)",
            "OPTIMIZE main.w.changed",
            "ALTER TABLE main.w.changed ADD COLUMN y INT",
            "RESTORE TABLE main.w.changed TO VERSION AS OF 0",
            "VACUUM main.w.changed DRY RUN",
            "TRUNCATE TABLE main.w.changed")) {
      writer.done(statement);
    }
    assertThat(writer.refused("DROP TABLE main.w.changed"))
        .contains("User does not have MANAGE on Table 'main.w.changed'.");
    assertThat(writer.refused("ALTER TABLE main.w.changed RENAME TO main.w.other"))
        .contains("MANAGE");
  }

  @Test
  void whoMakesATableOwnsItAndMayDoAllWithIt() {
    assertThat(writer.refused("CREATE TABLE main.w.mine AS SELECT 1 AS x"))
        .contains("User does not have CREATE TABLE on Schema 'main.w'.");
    for (String statement :
        List.of(
            "CREATE TABLE main.w.mine AS SELECT 1 AS x",
            "INSERT INTO main.w.mine VALUES (2)",
            "SELECT * FROM main.w.mine",
            "CREATE OR REPLACE TABLE main.w.mine AS SELECT 5 AS x",
            "REPLACE TABLE main.w.mine AS SELECT 6 AS x",
            "CREATE TABLE main.w.plain (x INT, y INT) COMMENT 'c' PARTITIONED BY (x)",
            "COMMENT ON TABLE main.w.plain IS 'd'",
            "ALTER TABLE main.w.plain SET TBLPROPERTIES ('a' = 'b')",
            "DROP TABLE main.w.plain",
            "GRANT SELECT ON TABLE main.w.mine TO " + writer.quoted(),
            "SHOW GRANTS ON TABLE main.w.mine",
            "ALTER TABLE main.w.mine RENAME TO main.w.renamed")) {
      maker.done(statement);
    }
    writer.done("SELECT * FROM main.w.renamed");
    maker.done("DROP TABLE main.w.renamed");
    maker.done("CREATE TABLE main.w.renamed AS SELECT 1 AS x");
    assertThat(writer.refused("SELECT * FROM main.w.renamed")).contains("SELECT");
    assertThat(maker.refused("CREATE SCHEMA main.w_other"))
        .contains("User does not have CREATE SCHEMA on Catalog 'main'.");
    assertThat(maker.refused("CREATE OR REPLACE TABLE main.w.t AS SELECT 1 AS x"))
        .contains("User does not have MANAGE on Table 'main.w.t'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "42501 | CREATE TABLE main.w.host (x INT) LOCATION '/tmp/x'",
        "42501 | CREATE TABLE main.w.host (x INT) USING delta OPTIONS (path '/tmp/x')",
        "42501 | CREATE TABLE main.w.host USING text OPTIONS (path '/etc/hostname')",
        "0A000 | CREATE TABLE main.w.host (x INT) TBLPROPERTIES (location = '/tmp/x')",
        "42501 | CREATE TABLE main.w.host LOCATION '/tmp/x' AS SELECT 1 AS x",
        "42501 | CREATE TABLE main.w.host AS SELECT * FROM text.`pom.xml`",
        "42501 | CREATE TABLE main.w.host AS SELECT * FROM delta.`/x`",
        "42501 | CREATE OR REPLACE TABLE main.w.own AS SELECT * FROM text.`pom.xml`",
        "42501 | CREATE TABLE main.w.host SHALLOW CLONE delta.`/x`",
        "42501 | CREATE TABLE main.w.host SHALLOW CLONE main.w.t",
        "42704 | CREATE TABLE main.w.host SHALLOW CLONE main.w.own",
        "42704 | CREATE TABLE main.w.host SHALLOW CLONE main.w.own LOCATION '/tmp/x'",
        "42P01 | INSERT INTO main.w.own SELECT length(value) FROM text.`pom.xml`",
        "42501 | INSERT OVERWRITE DIRECTORY '/tmp/x' USING text SELECT 'x'",
        "42501 | ALTER TABLE main.w.own SET LOCATION '/tmp/x'",
      })
  void whoMayMakeTablesReachesNoFilesByThem(String sqlState, String statement) {
    maker.done("CREATE OR REPLACE TABLE main.w.own AS SELECT 1 AS x");
    Client.Answer answer = maker.run(statement);
    assertThat(answer.state()).isEqualTo("FAILED");
    assertThat(answer.sqlState()).as(answer.message()).isEqualTo(sqlState);
    assertThat(maker.done("SELECT x FROM main.w.own").rows()).containsExactly(List.of("1"));
    assertThat(maker.run("SELECT * FROM main.w.host").sqlState()).isEqualTo("42P01");
  }

  @Test
  void whoOwnsASchemaManagesWhatIsInItButDoesNotReadIt() {
    Member owner = Member.user(client, "owner@w.example");
    client.admin("GRANT USE CATALOG, CREATE SCHEMA ON CATALOG main TO " + owner.quoted());
    owner.done("CREATE SCHEMA main.w_owned");
    client.admin("CREATE TABLE main.w_owned.theirs AS SELECT 1 AS x");
    assertThat(owner.refused("SELECT * FROM main.w_owned.theirs")).contains("SELECT");
    owner.done("GRANT SELECT ON TABLE main.w_owned.theirs TO " + owner.quoted());
    owner.done("SELECT * FROM main.w_owned.theirs");
    owner.done("DROP SCHEMA main.w_owned CASCADE");
  }

  @Test
  void allPrivilegesAreAllButTheRightToManage() {
    Member all = Member.user(client, "all@w.example");
    client.admin("CREATE SCHEMA main.w_all");
    client.admin("CREATE TABLE main.w_all.t AS SELECT 1 AS x");
    client.admin("GRANT ALL PRIVILEGES ON CATALOG main TO " + all.quoted());
    all.done("INSERT INTO main.w_all.t VALUES (2)");
    all.done("CREATE TABLE main.w_all.own AS SELECT * FROM main.w_all.t");
    assertThat(all.refused("DROP TABLE main.w_all.t")).contains("MANAGE");
    assertThat(all.refused("GRANT SELECT ON TABLE main.w_all.t TO " + writer.quoted()))
        .contains("User does not have MANAGE on Table 'main.w_all.t'.");
    client.admin("GRANT MANAGE ON TABLE main.w_all.t TO " + all.quoted());
    all.done("DROP TABLE main.w_all.t");
    client.admin("REVOKE ALL PRIVILEGES ON CATALOG main FROM " + all.quoted());
    assertThat(all.refused("SELECT * FROM main.w_all.own"))
        .contains("User does not have USE CATALOG on Catalog 'main'.");
  }
}
