package ai.birdie.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.databricks.Credentials;
import ai.birdie.databricks.DatabricksWorkspace;
import ai.birdie.databricks.Secret;
import ai.birdie.databricks.Surroundings;
import ai.birdie.databricks.WorkspaceConnection;
import ai.birdie.databricks.WorkspaceHost;
import ai.birdie.databricks.privilege.Identity;
import ai.birdie.testkit.FakeWorkspace;
import ai.birdie.testkit.FakeWorkspace.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why a table cannot be read, and whether more can be, as far as a workspace tells. */
class LevelsTest {

  private static final String UNITY_CATALOG = "GET /api/2.1/unity-catalog/";
  private static final TableName TICKETS = new TableName(Optional.of("main"), "voc", "tickets");
  private final AccessException refused = new AccessException("refused", "ask");
  private final ConfigException notFound = new ConfigException("not found", "check");

  private final FakeWorkspace server = new FakeWorkspace();
  private final DatabricksWorkspace workspace =
      DatabricksWorkspace.open(
          new WorkspaceConnection(
              WorkspaceHost.local(server.url()),
              "abc123",
              new Credentials.PersonalAccessToken(Secret.of("canary-token"))),
          Surroundings.ofThisMachine(),
          RunListener.NONE);

  @BeforeEach
  void everythingIsThereAndNothingGranted() {
    server.on(UNITY_CATALOG, Reply.of(200, "{\"owner\":\"etl\"}"));
    server.on(UNITY_CATALOG + "effective-permissions", Reply.of(200, "{}"));
    grant("catalog/main", "USE_CATALOG");
    grant("schema/main.voc", "USE_SCHEMA");
    grant("table/main.voc.tickets", "SELECT");
  }

  @AfterEach
  void stop() {
    workspace.close();
    server.close();
  }

  @Test
  void findsTheRightThatIsMissingOnTheSchema() {
    grant("schema/main.voc", "CREATE_TABLE");
    assertThat(levels(refused))
        .containsExactly(
            "PASS catalog: catalog main is there, and so is USE CATALOG",
            "FAIL schema: ann has no USE SCHEMA on schema main.voc. Try: GRANT USE SCHEMA ON SCHEMA"
                + " `main`.`voc` TO `ann`;",
            "PASS table: table main.voc.tickets is there, and so is SELECT");
  }

  @Test
  void findsEveryRightThatIsMissing() {
    grant("catalog/main", "BROWSE");
    grant("schema/main.voc", "MODIFY");
    grant("table/main.voc.tickets", "MODIFY");
    assertThat(levels(refused))
        .hasSize(3)
        .allMatch(line -> line.startsWith("FAIL") && line.contains("GRANT "));
  }

  @Test
  void saysWhatElseIsNeededBehindWhatIsHidden() {
    server.on(UNITY_CATALOG + "catalogs", refused("USE CATALOG on Catalog 'main'"));
    server.on(UNITY_CATALOG + "schemas", refused("USE CATALOG on Catalog 'main'"));
    server.on(UNITY_CATALOG + "tables", refused("USE CATALOG on Catalog 'main'"));
    assertThat(levels(refused))
        .containsExactly(
            "FAIL catalog: ann has no USE CATALOG on catalog main. Try: GRANT USE CATALOG ON CATALOG"
                + " `main` TO `ann`;",
            "SKIPPED schema: hidden by what is missing above; it needs USE SCHEMA too Try: GRANT USE"
                + " SCHEMA ON SCHEMA `main`.`voc` TO `ann`;",
            "SKIPPED table: hidden by what is missing above; it needs SELECT too Try: GRANT SELECT"
                + " ON TABLE `main`.`voc`.`tickets` TO `ann`;");
  }

  @Test
  void namesTheLevelThatIsNotThere() {
    server.on(UNITY_CATALOG + "schemas", absent("SCHEMA_DOES_NOT_EXIST"));
    List<String> levels = levels(notFound);
    assertThat(levels.get(0)).startsWith("PASS catalog");
    assertThat(levels.get(1))
        .startsWith("FAIL schema: There is no schema main.voc, or none that ann may see.")
        .contains("spelling");
    assertThat(levels.get(2)).startsWith("SKIPPED table: what it would lie in");
  }

  @Test
  void takesATableThatIsRefusedForThereEvenWhereUnityCatalogDeniesIt() {
    server.on(UNITY_CATALOG + "tables", absent("TABLE_DOES_NOT_EXIST"));
    assertThat(levels(refused).get(2)).startsWith("FAIL table: ann has no SELECT on table");
    assertThat(levels(notFound).get(2)).startsWith("FAIL table: There is no table");
  }

  @Test
  void anOwnerNeedsNoGrant() {
    grant("schema/main.voc", "CREATE_TABLE");
    server.on(UNITY_CATALOG + "schemas", Reply.of(200, "{\"owner\":\"ann\"}"));
    assertThat(levels(refused).get(1)).startsWith("PASS schema");
  }

  @Test
  void saysWhatReadingSaidWhereThePermissionsShowNothingMissing() {
    assertThat(levels(refused).get(2)).isEqualTo("FAIL table: refused Try: ask");
  }

  @Test
  void saysWhatReadingSaidWhereThePermissionsCannotBeRead() {
    server.on(UNITY_CATALOG, Reply.of(404, "{\"error_code\":\"ENDPOINT_NOT_FOUND\"}"));
    assertThat(levels(notFound))
        .satisfiesExactly(
            catalog -> assertThat(catalog).startsWith("SKIPPED catalog: ").contains("404"),
            schema -> assertThat(schema).startsWith("SKIPPED schema: ").contains("404"),
            table -> assertThat(table).isEqualTo("FAIL table: not found Try: check"));
  }

  @Test
  void namesEverythingThatIsMoreThanNeeded() {
    grant("table/main.voc.tickets", "MODIFY");
    server.on(UNITY_CATALOG + "schemas", Reply.of(200, "{\"owner\":\"ann\"}"));
    List<String> rights = lines(rights("admins").on(TICKETS));
    assertThat(rights)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("WARN least privilege: ann is an administrator"),
            second -> assertThat(second).startsWith("WARN least privilege: ann owns the schema"),
            third -> assertThat(third).startsWith("WARN least privilege: ann has MODIFY on table"));
  }

  @Test
  void saysThatThereIsNothingMore() {
    assertThat(lines(rights("readers").on(TICKETS)))
        .singleElement()
        .asString()
        .startsWith("PASS least privilege: USE CATALOG, USE SCHEMA, SELECT");
  }

  @Test
  void doesNotClaimThatThereIsNothingMoreWhereAGroupCannotBeRead() {
    server.on(
        UNITY_CATALOG + "effective-permissions/table/main.voc.tickets?principal=readers",
        refused("MANAGE on Table 'main.voc.tickets'"));
    assertThat(lines(rights("readers").on(TICKETS)))
        .containsExactly("SKIPPED least privilege: the rights cannot be read of the group readers");
  }

  @Test
  void skipsTheHiveMetastore() {
    TableName hive = new TableName(Optional.of("hive_metastore"), "voc", "tickets");
    assertThat(lines(rights("readers").on(hive)))
        .singleElement()
        .asString()
        .startsWith("SKIPPED least privilege: the Hive metastore");
  }

  @Test
  void warnsOfMoreThanUseOfTheWarehouse() {
    server.on(
        "GET /api/2.0/permissions/warehouses/",
        Reply.of(
            200,
            """
            {"access_control_list": [
              {"group_name": "admins", "all_permissions": [{"permission_level": "CAN_MANAGE"}]},
              {"group_name": "readers", "all_permissions": [{"permission_level": "CAN_MONITOR"}]},
              {"user_name": "ann", "all_permissions": [{"permission_level": "CAN_USE"}]}]}
            """));
    assertThat(lines(rights("readers", "admins").onWarehouse("abc123")))
        .containsExactly(
            "WARN warehouse privilege: readers has CAN MONITOR on the SQL warehouse, more than"
                + " needed Try: In SQL Warehouses, abc123, Permissions: give readers CAN USE in its"
                + " place.");
    assertThat(lines(rights().onWarehouse("abc123")))
        .containsExactly("PASS warehouse privilege: CAN USE, and nothing else");
    server.on("GET /api/2.0/permissions/", refused("CAN_MANAGE on the warehouse"));
    assertThat(lines(rights().onWarehouse("abc123")))
        .containsExactly("SKIPPED warehouse privilege: shown only to who manages the warehouse");
  }

  private void grant(String securable, String privilege) {
    server.on(
        UNITY_CATALOG + "effective-permissions/" + securable + "?principal=ann",
        Reply.of(
            200,
            """
            {"privilege_assignments": [
              {"principal": "ann", "privileges": [{"privilege": "%s"}]}]}
            """
                .formatted(privilege)));
  }

  private static Reply refused(String right) {
    return Reply.of(
        403,
        "{\"error_code\": \"PERMISSION_DENIED\", \"message\": \"User does not have %s.\"}"
            .formatted(right));
  }

  private static Reply absent(String code) {
    return Reply.of(404, "{\"error_code\": \"" + code + "\", \"message\": \"It is not there.\"}");
  }

  private List<String> levels(BirdieException refusal) {
    Identity ann = new Identity("ann", List.of());
    return lines(new Levels(workspace.permissions(), ann, TICKETS, refusal).checks());
  }

  private Rights rights(String... groups) {
    return new Rights(workspace.permissions(), new Identity("ann", List.of(groups)));
  }

  private static List<String> lines(List<Check> checks) {
    return checks.stream()
        .map(check ->
            check.verdict()
                + " "
                + check.name()
                + ": "
                + check.detail()
                + check.remedy().map(remedy -> " Try: " + remedy).orElse(""))
        .toList();
  }
}
