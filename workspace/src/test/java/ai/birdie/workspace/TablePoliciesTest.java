package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions, and tables whose rows are filtered and whose columns are masked by them. */
@ExtendWith(Running.class)
final class TablePoliciesTest {
  private static final String ALL = "SELECT * FROM main.policies.people ORDER BY id";

  private final Client client;

  TablePoliciesTest(Client client) {
    this.client = client;
  }

  @BeforeEach
  void people() {
    client.admin("DROP SCHEMA IF EXISTS main.policies CASCADE");
    client.admin("CREATE SCHEMA main.policies");
    client.admin(
        """
        CREATE TABLE main.policies.people (id BIGINT, region STRING, number STRING)
        TBLPROPERTIES (delta.enableChangeDataFeed = true)
        """);
    client.admin(
        "INSERT INTO main.policies.people VALUES (1, 'us', '111'), (2, 'eu', '222'), (3, 'us', '333')");
    client.admin(
        """
        CREATE FUNCTION main.policies.visible(region STRING) RETURNS BOOLEAN
        RETURN current_user() = 'admin' OR region = 'us'
        """);
    client.admin(
        """
        CREATE FUNCTION main.policies.hidden(number STRING, region STRING) RETURNS STRING
        RETURN CASE WHEN region = 'us' THEN concat('**', right(number, 1)) ELSE number END
        """);
    client.admin("GRANT SELECT, USE SCHEMA ON SCHEMA main.policies TO `reader@example.com`");
  }

  @Test
  void functionIsCalledLikeAnyOther() {
    client.admin("CREATE OR REPLACE FUNCTION main.policies.twice(x INT) RETURNS INT RETURN x * 2");
    client.admin("GRANT EXECUTE ON FUNCTION main.policies.twice TO `reader@example.com`");
    assertThat(client.reader("SELECT main.policies.twice(4)").rows()).containsExactly(List.of("8"));
    assertThat(client.admin("SHOW USER FUNCTIONS IN main.policies").rows())
        .contains(List.of("main.policies.twice"));
    assertThat(
            client
                .reader("SHOW FUNCTIONS IN CATALOG main SCHEMA LIKE 'policies' LIKE 'tw*'")
                .rows())
        .containsExactly(List.of("twice", "policies", "main", "", "1", "twice"));
    assertThat(client.reader("SELECT main.policies.twice(4, 5)").sqlState()).isEqualTo("42605");
    assertThat(client.reader("DROP FUNCTION main.policies.twice").sqlState()).isEqualTo("42501");
    client.admin("DROP FUNCTION main.policies.twice");
    assertThat(client.reader("SELECT main.policies.twice(4)").sqlState()).isEqualTo("42883");
  }

  @Test
  void readerSeesTheRowsOfItsFilterAndTheOwnerThoseOfIts() {
    client.admin(
        "ALTER TABLE main.policies.people SET ROW FILTER main.policies.visible ON (region)");
    assertThat(ids(client.reader(ALL))).containsExactly("1", "3");
    assertThat(ids(client.admin(ALL))).containsExactly("1", "2", "3");
    client.admin("ALTER TABLE main.policies.people DROP ROW FILTER");
    assertThat(ids(client.reader(ALL))).containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT number FROM main.policies.people WHERE id = 1",
        "SELECT min(number) FROM main.policies.people WHERE id = 1",
        "SELECT (SELECT number FROM main.policies.people WHERE id = 1)",
        "WITH p AS (SELECT * FROM main.policies.people) SELECT b.number FROM p AS a JOIN p AS b"
            + " ON a.id = b.id WHERE a.id = 1",
        "SELECT number FROM main.policies.people WHERE id = 1 AND number NOT IN ('111')",
        "SELECT n FROM main.policies.seen WHERE id = 1"
      })
  void maskIsSeenWhereverTheColumnIsRead(String query) {
    client.admin(
        "CREATE VIEW main.policies.seen AS SELECT id, number AS n FROM main.policies.people");
    client.admin(
        "ALTER TABLE main.policies.people ALTER COLUMN number SET MASK main.policies.hidden"
            + " USING COLUMNS (region)");
    assertThat(client.reader(query).rows()).containsExactly(List.of("**1"));
  }

  @Test
  void maskedValueCannotBeGuessed() {
    client.admin(
        "ALTER TABLE main.policies.people ALTER COLUMN number SET MASK main.policies.hidden"
            + " USING COLUMNS (region)");
    assertThat(client.reader("SELECT id FROM main.policies.people WHERE number = '111'").rows())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM main.policies.people VERSION AS OF 1",
        "SELECT * FROM main.policies.people@v1",
        "SELECT * FROM main.policies.people TIMESTAMP AS OF '2020-01-01'",
        "SELECT * FROM table_changes('main.policies.people', 1)",
        "DESCRIBE HISTORY main.policies.people",
        "DESCRIBE HISTORY main.policies.people LIMIT 1"
      })
  void historyOfAGovernedTableIsRefused(String query) {
    client.admin(
        "ALTER TABLE main.policies.people SET ROW FILTER main.policies.visible ON (region)");
    for (Client.Answer answer :
        List.of(
            client.reader(query),
            client.execute(client.credentials().adminToken(), query, body -> {}))) {
      assertThat(answer.sqlState()).as(answer.body().toString()).isEqualTo("0A000");
    }
  }

  @Test
  void restoringAsksForTheRightToChangeTheTable() {
    client.admin(
        "ALTER TABLE main.policies.people SET ROW FILTER main.policies.visible ON (region)");
    String restore = "RESTORE TABLE main.policies.people TO VERSION AS OF 0";
    assertThat(client.reader(restore).sqlState()).isEqualTo("42501");
    client.admin(restore);
    assertThat(client.admin(ALL).rows()).isEmpty();
  }

  @Test
  void changeOfAGovernedTableLosesNothing() {
    client.admin(
        "CREATE FUNCTION main.policies.nobody(region STRING) RETURNS BOOLEAN RETURN region = 'us'");
    client.admin(
        "ALTER TABLE main.policies.people SET ROW FILTER main.policies.nobody ON (region)");
    client.admin(
        "ALTER TABLE main.policies.people ALTER COLUMN number SET MASK main.policies.hidden"
            + " USING COLUMNS (region)");
    client.admin("UPDATE main.policies.people SET region = 'ca' WHERE id = 1");
    client.admin(
        """
        MERGE INTO main.policies.people AS p USING (SELECT 3L AS id, '444' AS number) AS s
        ON p.id = s.id WHEN MATCHED THEN UPDATE SET number = s.number
        """);
    client.admin("OPTIMIZE main.policies.people");
    client.admin("ALTER TABLE main.policies.people DROP ROW FILTER");
    client.admin("ALTER TABLE main.policies.people ALTER COLUMN number DROP MASK");
    assertThat(client.admin(ALL).rows())
        .containsExactly(
            List.of("1", "ca", "111"), List.of("2", "eu", "222"), List.of("3", "us", "444"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RENAME COLUMN number TO n",
        "RENAME COLUMN Number TO n",
        "RENAME COLUMN region TO r",
        "DROP COLUMN number",
        "DROP COLUMNS (region)"
      })
  void columnOfAPolicyStays(String change) {
    client.admin(
        "ALTER TABLE main.policies.people SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    client.admin("ALTER TABLE main.policies.people RENAME COLUMN id TO key");
    client.admin("ALTER TABLE main.policies.people RENAME COLUMN key TO id");
    client.admin(
        "ALTER TABLE main.policies.people ALTER COLUMN number SET MASK main.policies.hidden"
            + " USING COLUMNS (region)");
    assertThat(admin("ALTER TABLE main.policies.people " + change).sqlState()).isEqualTo("0A000");
    assertThat(client.reader("SELECT number FROM main.policies.people WHERE id = 1").rows())
        .containsExactly(List.of("**1"));
  }

  @Test
  void tableThatLostAMaskedColumnIsNotRead() {
    client.admin(
        "ALTER TABLE main.policies.people SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    client.admin("ALTER TABLE main.policies.people RENAME COLUMN number TO n");
    client.admin(
        "ALTER TABLE main.policies.people ALTER COLUMN n SET MASK main.policies.hidden"
            + " USING COLUMNS (region)");
    client.admin("RESTORE TABLE main.policies.people TO VERSION AS OF 1");
    assertThat(client.reader("SELECT number FROM main.policies.people").sqlState())
        .isEqualTo("22023");
  }

  @Test
  void partitionsOfAGovernedTableAreItsOwners() {
    client.admin(
        "CREATE TABLE main.policies.parts (id INT, region STRING) PARTITIONED BY (region)");
    client.admin("INSERT INTO main.policies.parts VALUES (1, 'us'), (2, 'eu')");
    String show = "SHOW PARTITIONS main.policies.parts";
    assertThat(client.reader(show).rows()).hasSize(2);
    client.admin(
        "ALTER TABLE main.policies.parts SET ROW FILTER main.policies.visible ON (region)");
    assertThat(client.reader(show).sqlState()).isEqualTo("42501");
    assertThat(client.admin(show).rows()).hasSize(2);
  }

  @Test
  void policiesAndFunctionsGoWithTheirCatalog() {
    for (int i = 0; i < 2; i++) {
      client.admin("CREATE CATALOG policies_gone");
      client.admin("CREATE TABLE policies_gone.default.t AS SELECT 1 AS x");
      assertThat(client.admin("SELECT * FROM policies_gone.default.t").rows()).hasSize(1);
      client.admin(
          "CREATE FUNCTION policies_gone.default.none(x INT) RETURNS BOOLEAN RETURN false");
      client.admin(
          "ALTER TABLE policies_gone.default.t SET ROW FILTER policies_gone.default.none ON (x)");
      assertThat(client.admin("SELECT * FROM policies_gone.default.t").rows()).isEmpty();
      client.admin("DROP CATALOG policies_gone CASCADE");
    }
  }

  @Test
  void policyFollowsItsTable() {
    client.admin(
        "ALTER TABLE main.policies.people SET ROW FILTER main.policies.visible ON (region)");
    client.admin("ALTER TABLE main.policies.people RENAME TO main.policies.persons");
    assertThat(client.reader("SELECT * FROM main.policies.persons").rows()).hasSize(2);
    client.admin("DROP FUNCTION main.policies.visible");
    assertThat(client.reader("SELECT * FROM main.policies.persons").sqlState()).isEqualTo("42883");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET ROW FILTER main.policies.nowhere ON (region)",
        "SET ROW FILTER main.policies.visible ON (nothing)",
        "SET ROW FILTER main.policies.visible ON (region, id)",
        "ALTER COLUMN nothing SET MASK main.policies.hidden USING COLUMNS (region)",
        "ALTER COLUMN number SET MASK main.policies.hidden"
      })
  void policyThatCannotBeAppliedIsRefused(String change) {
    String statement = "ALTER TABLE main.policies.people " + change;
    Client.Answer answer = client.execute(client.credentials().adminToken(), statement, body -> {});
    assertThat(answer.state()).isEqualTo("FAILED");
    assertThat(ids(client.reader(ALL))).hasSize(3);
  }

  @Test
  void readerSetsNoPolicy() {
    assertThat(client.reader("ALTER TABLE main.policies.people DROP ROW FILTER").sqlState())
        .isEqualTo("42501");
  }

  private Client.Answer admin(String statement) {
    return client.execute(client.credentials().adminToken(), statement, body -> {});
  }

  private static List<String> ids(Client.Answer answer) {
    return answer.rows().stream().map(List::getFirst).toList();
  }
}
