package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SHOW statements by which drivers find out what there is. */
@ExtendWith(Running.class)
final class ListingsTest {
  private final Client client;

  ListingsTest(Client client) {
    this.client = client;
    client.admin("CREATE SCHEMA IF NOT EXISTS main.listings");
    client.admin(
        "CREATE TABLE IF NOT EXISTS main.listings.one"
            + " (id BIGINT NOT NULL, amount DECIMAL(10,2) COMMENT 'net', tags ARRAY<STRING>)");
    client.admin("CREATE OR REPLACE VIEW main.listings.seen AS SELECT id FROM main.listings.one");
  }

  @Test
  void schemasAreNamedAsDatabricksNamesThem() {
    Client.Answer answer = client.admin("SHOW SCHEMAS IN `main` LIKE 'list*'");
    assertThat(names(answer)).containsExactly("databaseName");
    assertThat(answer.rows()).containsExactly(List.of("listings"));
    Client.Answer all = client.admin("SHOW SCHEMAS IN ALL CATALOGS LIKE 'listings|default'");
    assertThat(names(all)).containsExactly("databaseName", "catalog");
    assertThat(all.rows())
        .contains(List.of("default", "hive_metastore"), List.of("listings", "main"));
  }

  @Test
  void tablesOfACatalogAreListedWithTheirSorts() {
    Client.Answer answer = client.admin("SHOW TABLES IN CATALOG `main` SCHEMA LIKE 'listing.'");
    assertThat(names(answer))
        .containsExactly(
            "namespace",
            "tableName",
            "isTemporary",
            "information",
            "catalogName",
            "tableType",
            "remarks");
    assertThat(answer.rows())
        .containsExactly(
            List.of("listings", "one", "false", "", "main", "TABLE", ""),
            List.of("listings", "seen", "false", "", "main", "VIEW", ""));
    assertThat(client.admin("SHOW TABLES IN ALL CATALOGS SCHEMA LIKE 'listings' LIKE 'O*'").rows())
        .hasSize(1);
  }

  @Test
  void columnsOfManyTablesAreDescribed() {
    Client.Answer answer =
        client.admin(
            "SHOW COLUMNS IN CATALOG main SCHEMA LIKE 'listings' TABLE LIKE '*' LIKE 'id|amount'");
    assertThat(answer.rows())
        .contains(
            List.of(
                "amount",
                "main",
                "listings",
                "one",
                "DECIMAL(10,2)",
                "8",
                "2",
                "10",
                "true",
                "net",
                "2",
                "NO",
                "NO"))
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SHOW FUNCTIONS IN CATALOG main SCHEMA LIKE 'listings' LIKE '*'",
        "SHOW KEYS IN CATALOG main IN SCHEMA listings IN TABLE one",
        "SHOW FOREIGN KEYS IN CATALOG main IN SCHEMA listings IN TABLE one"
      })
  void whatThereIsNoneOfIsAnEmptyList(String statement) {
    assertThat(client.admin(statement).rows()).isEmpty();
  }

  @Test
  void listsShowOnlyWhatOneMaySee() {
    assertThat(client.reader("SHOW SCHEMAS IN main LIKE 'listings'").rows()).isEmpty();
    assertThat(client.reader("SHOW TABLES IN CATALOG main SCHEMA LIKE 'listings'").rows())
        .isEmpty();
    assertThat(client.reader("SHOW TABLES IN CATALOG main SCHEMA LIKE 'feedback'").rows())
        .isNotEmpty();
  }

  @Test
  void whatIsNotThereOrNotSqlIsSaid() {
    assertThat(client.reader("SHOW TABLES IN CATALOG nowhere").message())
        .startsWith("[NO_SUCH_CATALOG_EXCEPTION]");
    assertThat(client.reader("SHOW KEYS IN CATALOG main IN SCHEMA listings").sqlState())
        .isEqualTo("42601");
  }

  private static List<String> names(Client.Answer answer) {
    List<String> names = new ArrayList<>();
    answer
        .body()
        .at("/manifest/schema/columns")
        .forEach(column -> names.add(column.path("name").asText()));
    return names;
  }
}
