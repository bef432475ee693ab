package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Unity Catalog's API: what there is, and what was granted on it. */
@ExtendWith(Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnityCatalogTest {
  private static final String API = "/api/2.1/unity-catalog";

  private final Client client;
  private final String admin;
  private Member analyst;
  private Member stranger;

  UnityCatalogTest(Client client) {
    this.client = client;
    this.admin = client.credentials().adminToken();
  }

  @BeforeAll
  void makeASchemaAndTwoPrincipals() {
    analyst = Member.user(client, "analyst@uc.example", "uc analysts");
    stranger = Member.user(client, "stranger@uc.example");
    client.admin("CREATE SCHEMA main.uc COMMENT 'for reading'");
    client.admin("CREATE TABLE main.uc.a (id BIGINT COMMENT 'key', amount DECIMAL(10,2))");
    client.admin("CREATE TABLE main.uc.b AS SELECT 1 AS x");
    client.admin("CREATE VIEW main.uc.v AS SELECT id FROM main.uc.a");
    client.admin("GRANT USE CATALOG ON CATALOG main TO `uc analysts`");
    client.admin("GRANT USAGE, SELECT ON SCHEMA main.uc TO " + analyst.quoted());
    client.admin("GRANT MODIFY ON TABLE main.uc.a TO " + analyst.quoted());
  }

  @Test
  void catalogsSchemasAndTablesAreListedAsFarAsTheyMayBeSeen() {
    assertThat(names(analyst.get(API + "/catalogs"), "catalogs")).contains("main");
    assertThat(names(stranger.get(API + "/catalogs"), "catalogs")).doesNotContain("main");
    assertThat(names(analyst.get(API + "/schemas?catalog_name=main"), "schemas"))
        .contains("uc")
        .doesNotContain("feedback");
    assertThat(names(analyst.get(API + "/tables?catalog_name=main&schema_name=uc"), "tables"))
        .containsExactly("a", "b", "v");
  }

  @Test
  void listsComeInPages() {
    String path = API + "/tables?catalog_name=main&schema_name=uc&max_results=2";
    Client.Answer first = analyst.get(path);
    assertThat(names(first, "tables")).containsExactly("a", "b");
    String token = first.body().path("next_page_token").asText();
    Client.Answer second = analyst.get(path + "&page_token=" + token);
    assertThat(names(second, "tables")).containsExactly("v");
    assertThat(second.body().has("next_page_token")).isFalse();
    assertThat(analyst.get(path + "&page_token=%25").status()).isEqualTo(400);
  }

  @Test
  void tableIsShownWithItsColumnsAndItsOwner() {
    JsonNode table = analyst.get(API + "/tables/main.uc.a").body();
    assertThat(table.path("full_name").asText()).isEqualTo("main.uc.a");
    assertThat(table.path("table_type").asText()).isEqualTo("MANAGED");
    assertThat(table.path("data_source_format").asText()).isEqualTo("DELTA");
    assertThat(table.path("owner").asText()).isEqualTo("admin");
    JsonNode id = table.at("/columns/0");
    assertThat(id.path("type_text").asText()).isEqualTo("bigint");
    assertThat(id.path("type_name").asText()).isEqualTo("LONG");
    assertThat(id.path("comment").asText()).isEqualTo("key");
    JsonNode amount = table.at("/columns/1");
    assertThat(amount.path("type_text").asText()).isEqualTo("decimal(10,2)");
    assertThat(amount.path("type_precision").asInt()).isEqualTo(10);
    assertThat(amount.path("type_json").asText()).contains("\"decimal(10,2)\"");
    JsonNode view = analyst.get(API + "/tables/main.uc.v").body();
    assertThat(view.path("table_type").asText()).isEqualTo("VIEW");
    assertThat(view.path("view_definition").asText()).contains("main.uc.a");
    assertThat(analyst.get(API + "/schemas/main.uc").body().path("comment").asText())
        .isEqualTo("for reading");
  }

  @Test
  void whatIsNotThereAndWhatMayNotBeSeenAreToldApart() {
    expect(analyst.get(API + "/catalogs/nowhere"), 404, "CATALOG_DOES_NOT_EXIST");
    expect(analyst.get(API + "/tables/main.uc.nothing"), 404, "TABLE_DOES_NOT_EXIST");
    Client.Answer schema = analyst.get(API + "/tables/main.nowhere.x");
    expect(schema, 404, "SCHEMA_DOES_NOT_EXIST");
    assertThat(schema.body().path("message").asText())
        .isEqualTo("Schema 'main.nowhere' does not exist.");
    Client.Answer closed = stranger.get(API + "/tables/main.uc.a");
    expect(closed, 403, "PERMISSION_DENIED");
    assertThat(closed.body().path("message").asText())
        .isEqualTo("User does not have USE CATALOG on Catalog 'main'.");
    expect(analyst.get(API + "/schemas/main.feedback"), 403, "PERMISSION_DENIED");
  }

  @Test
  void permissionsAreThoseOfTheSecurableItself() {
    JsonNode all = client.get(API + "/permissions/table/main.uc.a", admin).body();
    assertThat(all.path("privilege_assignments")).hasSize(1);
    assertThat(all.at("/privilege_assignments/0/principal").asText())
        .isEqualTo("analyst@uc.example");
    assertThat(all.at("/privilege_assignments/0/privileges").toString()).isEqualTo("[\"MODIFY\"]");
  }

  @Test
  void effectivePermissionsSayFromWhereTheyAreInherited() {
    JsonNode mine =
        analyst
            .get(API + "/effective-permissions/table/main.uc.a?principal=analyst@uc.example")
            .body()
            .at("/privilege_assignments/0/privileges");
    assertThat(mine.toString())
        .isEqualTo(
            "[{\"privilege\":\"MODIFY\"},"
                + "{\"privilege\":\"USE_SCHEMA\",\"inherited_from_type\":\"SCHEMA\","
                + "\"inherited_from_name\":\"main.uc\"},"
                + "{\"privilege\":\"SELECT\",\"inherited_from_type\":\"SCHEMA\","
                + "\"inherited_from_name\":\"main.uc\"}]");
    JsonNode groups =
        analyst
            .get(API + "/effective-permissions/table/main.uc.a?principal=uc%20analysts")
            .body()
            .at("/privilege_assignments/0/privileges/0");
    assertThat(groups.path("privilege").asText()).isEqualTo("USE_CATALOG");
    assertThat(groups.path("inherited_from_type").asText()).isEqualTo("CATALOG");
  }

  @Test
  void whoMayNotManageReadsOnlyOfItself() {
    expect(analyst.get(API + "/permissions/table/main.uc.a"), 403, "PERMISSION_DENIED");
    expect(
        analyst.get(API + "/permissions/table/main.uc.a?principal=stranger@uc.example"),
        403,
        "PERMISSION_DENIED");
    expect(
        client.get(API + "/permissions/table/main.uc.a?principal=nobody", admin),
        404,
        "PRINCIPAL_DOES_NOT_EXIST");
    assertThat(
            analyst.get(API + "/permissions/table/main.uc.a?principal=analyst@uc.example").status())
        .isEqualTo(200);
  }

  @Test
  void ownersChangePermissionsAllAtOnceOrNotAtAll() {
    client.admin("CREATE SCHEMA main.uc_changed");
    client.admin("CREATE TABLE main.uc_changed.t AS SELECT 1 AS x");
    String path = API + "/permissions/table/main.uc_changed.t";
    String change =
        "{\"changes\":[{\"principal\":\"stranger@uc.example\",\"add\":[\"SELECT\",\"MODIFY\"]}]}";
    expect(client.patch(path, analyst.token(), change), 403, "PERMISSION_DENIED");
    assertThat(client.patch(path, admin, change).body().at("/privilege_assignments/0/privileges"))
        .hasSize(2);
    String half =
        "{\"changes\":[{\"principal\":\"stranger@uc.example\",\"remove\":[\"SELECT\"]},"
            + "{\"principal\":\"nobody\",\"add\":[\"SELECT\"]}]}";
    expect(client.patch(path, admin, half), 404, "PRINCIPAL_DOES_NOT_EXIST");
    assertThat(client.get(path, admin).body().at("/privilege_assignments/0/privileges")).hasSize(2);
    expect(
        client.patch(path, admin, change.replace("MODIFY", "USE_CATALOG")),
        400,
        "INVALID_PARAMETER_VALUE");
  }

  private static void expect(Client.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.body().path("error_code").asText()).isEqualTo(code);
  }

  private static List<String> names(Client.Answer answer, String key) {
    List<String> names = new ArrayList<>();
    answer.body().path(key).forEach(each -> names.add(each.path("name").asText()));
    return names;
  }
}
