package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class TablesTest {
  private final Client client;

  TablesTest(Client client) {
    this.client = client;
  }

  @Test
  void tableIsChangedAsAnEtlJobWould() {
    client.admin("CREATE SCHEMA main.etl");
    client.admin("CREATE TABLE main.etl.t (id BIGINT, name STRING)");
    client.admin("INSERT INTO main.etl.t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    assertThat(client.admin("UPDATE main.etl.t SET name = 'bb' WHERE id = 2").rows())
        .containsExactly(List.of("1"));
    client.admin("DELETE FROM main.etl.t WHERE id = 1");
    client.admin(
        """
        MERGE INTO main.etl.t t USING (SELECT 3L AS id, 'cc' AS name UNION ALL SELECT 4L, 'd') s
          ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *
        """);
    client.admin("ALTER TABLE main.etl.t ADD COLUMN extra INT");
    assertThat(client.admin("SELECT * FROM main.etl.t ORDER BY id").rows())
        .containsExactly(
            List.of("2", "bb", "NULL"), List.of("3", "cc", "NULL"), List.of("4", "d", "NULL"));
    assertThat(client.admin("SELECT count(*) FROM main.etl.t VERSION AS OF 1").rows())
        .containsExactly(List.of("3"));
    List<List<String>> history = client.admin("DESCRIBE HISTORY main.etl.t").rows();
    assertThat(history.stream().map(row -> row.get(4)))
        .containsExactly("ADD COLUMNS", "MERGE", "DELETE", "UPDATE", "WRITE", "CREATE TABLE");
  }

  @Test
  void tableIsReplacedRenamedAndDropped() {
    client.admin("CREATE SCHEMA IF NOT EXISTS main.ddl");
    client.admin("CREATE OR REPLACE TABLE main.ddl.r AS SELECT 1 AS x");
    client.admin("CREATE OR REPLACE TABLE main.ddl.r AS SELECT 'two' AS y");
    client.admin("ALTER TABLE main.ddl.r RENAME TO main.ddl.s");
    assertThat(client.admin("SELECT y FROM main.ddl.s").rows()).containsExactly(List.of("two"));
    assertThat(client.admin("SHOW TABLES IN main.ddl").rows())
        .containsExactly(List.of("ddl", "s", "false"));
    client.admin("DROP TABLE main.ddl.s");
    assertThat(failure("SELECT 1 FROM main.ddl.s")).isEqualTo("42P01");
    client.admin("CREATE TABLE main.ddl.t AS SELECT 1 AS x");
    client.admin("DROP SCHEMA main.ddl CASCADE");
    assertThat(client.admin("SHOW SCHEMAS IN main").rows()).doesNotContain(List.of("ddl"));
  }

  @Test
  void viewIsOfTheTableAsItIsNow() {
    client.admin("CREATE SCHEMA IF NOT EXISTS main.views");
    client.admin("CREATE TABLE main.views.t AS SELECT 1 AS x");
    client.admin("CREATE VIEW main.views.v AS SELECT x + 1 AS y FROM main.views.t");
    client.admin("INSERT INTO main.views.t VALUES (10)");
    assertThat(client.admin("SELECT y FROM main.views.v ORDER BY y").rows())
        .containsExactly(List.of("2"), List.of("11"));
    client.admin("CREATE OR REPLACE VIEW main.views.v AS SELECT max(x) AS z FROM main.views.t");
    assertThat(client.admin("SELECT z FROM main.views.v").rows()).containsExactly(List.of("10"));
    client.admin("DROP VIEW main.views.v");
    assertThat(failure("SELECT * FROM main.views.v")).isEqualTo("42P01");
  }

  @Test
  void namesOfTwoPartsAreOfHiveOrOfTheRequest() {
    client.admin("CREATE TABLE default.two AS SELECT 'hive' AS place");
    client.admin("CREATE TABLE main.default.two AS SELECT 'main' AS place");
    assertThat(client.admin("SELECT place FROM default.two").rows())
        .containsExactly(List.of("hive"));
    assertThat(client.admin("SELECT place FROM hive_metastore.default.two").rows())
        .containsExactly(List.of("hive"));
    String admin = client.credentials().adminToken();
    assertThat(
            client
                .execute(
                    admin,
                    "SELECT place FROM two",
                    body -> body.put("catalog", "main").put("schema", "default"))
                .rows())
        .containsExactly(List.of("main"));
    assertThat(
            client
                .execute(
                    admin, "SELECT place FROM default.two", body -> body.put("catalog", "main"))
                .rows())
        .containsExactly(List.of("main"));
    assertThat(
            client
                .execute(
                    admin,
                    "SELECT count(*) FROM `user`",
                    body -> body.put("catalog", "main").put("schema", "feedback"))
                .state())
        .isEqualTo("SUCCEEDED");
  }

  private String failure(String statement) {
    return client.execute(client.credentials().adminToken(), statement, body -> {}).sqlState();
  }
}
