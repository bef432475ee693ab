package ai.birdie.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.databricks.permission.Holdings;
import ai.birdie.databricks.permission.Permissions;
import ai.birdie.databricks.permission.Sight;
import ai.birdie.databricks.permission.WarehouseLevel;
import ai.birdie.databricks.privilege.Assignment;
import ai.birdie.databricks.privilege.Identity;
import ai.birdie.databricks.privilege.Right;
import ai.birdie.databricks.privilege.Securable;
import ai.birdie.testkit.FakeWorkspace;
import ai.birdie.testkit.FakeWorkspace.Reply;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read of permissions, from a server that answers in every way that it may. */
final class PermissionsTest {

  private static final String UNITY_CATALOG = "GET /api/2.1/unity-catalog/";
  private static final String EFFECTIVE = UNITY_CATALOG + "effective-permissions/";
  private static final String ME = "GET /api/2.0/preview/scim/v2/Me";
  private static final TableName TICKETS = new TableName(Optional.of("main"), "voc", "tickets");
  private static final Securable TABLE = Securable.of(TICKETS);
  private static final Securable SCHEMA = Securable.schemaOf(TICKETS);
  private static final Securable CATALOG = Securable.catalogOf(TICKETS);
  private static final Identity ANN = new Identity("ann@example.com", List.of("analysts", "users"));

  private final FakeWorkspace server = new FakeWorkspace();
  private final DatabricksWorkspace workspace =
      DatabricksWorkspace.open(
          new WorkspaceConnection(
              WorkspaceHost.local(server.url()),
              "abc123",
              new Credentials.PersonalAccessToken(Secret.of("canary-token"))),
          Surroundings.ofThisMachine(),
          RunListener.NONE);
  private final Permissions permissions = workspace.permissions();

  @AfterEach
  void stop() {
    workspace.close();
    server.close();
  }

  @Test
  void tellsWhoseATokenIsAndItsGroups() {
    server.on(
        ME,
        json(
            "{'userName':'ann@example.com','emails':[{'value':'x'}],'groups':[{'display':'analysts',"
                + "'type':'direct','value':'1'},{'value':'2'},null],'entitlements':[]}"));
    assertThat(workspace.identity())
        .isEqualTo(new Identity("ann@example.com", List.of("analysts")));
  }

  @Test
  void namesTheOwnerOfATokenInMessagesOnceItIsKnown() {
    server.on("GET /api/2.0/sql/warehouses/", error(403, "PERMISSION_DENIED", "no"));
    assertThatThrownBy(workspace::warehouse)
        .isInstanceOfSatisfying(
            AccessException.class,
            e -> assertThat(e.remedy()).hasValueSatisfying(r -> assertThat(r).contains("owner")));
    server.on(ME, json("{'userName':'ann@example.com'}"));
    workspace.identity();
    assertThatThrownBy(workspace::warehouse)
        .isInstanceOfSatisfying(
            AccessException.class,
            e ->
                assertThat(e.remedy())
                    .hasValueSatisfying(
                        r -> assertThat(r).contains("`ann@example.com`", "CAN USE", "abc123")));
  }

  @Test
  void saysThatADirectoryDoesNotTell() {
    server.on(ME, error(403, "PERMISSION_DENIED", "no"));
    assertThatThrownBy(permissions::identity).isInstanceOf(AccessException.class);
    server.on(ME, json("{}"));
    assertThatThrownBy(permissions::identity).isInstanceOf(SourceException.class);
  }

  @Test
  void findsRightsOfItsOwnOfGroupsAndByInheritance() {
    server.on(EFFECTIVE, json("{}"));
    server.on(
        EFFECTIVE + "table/main.voc.tickets?principal=ann%40example.com",
        json(
            "{'privilege_assignments':[{'principal':'ann@example.com','privileges':["
                + "{'privilege':'SELECT'},{'privilege':'MODIFY','inherited_from_type':'SCHEMA',"
                + "'inherited_from_name':'main.voc'},{'privilege':'FLY_TO_MOON',"
                + "'inherited_from_type':'METASTORE','inherited_from_name':'m'}]},"
                + "{'principal':'bob@example.com','privileges':[{'privilege':'MANAGE'}]}]}"));
    server.on(
        EFFECTIVE + "table/main.voc.tickets?principal=analysts",
        json(
            "{'privilege_assignments':[{'principal':'analysts','privileges':[{'privilege':"
                + "'ALL_PRIVILEGES','inherited_from_type':'CATALOG'}]}]}"));

    Holdings holdings = permissions.holdings(TABLE, ANN);

    assertThat(holdings.unread()).isEmpty();
    assertThat(holdings.assignments())
        .containsExactly(
            new Assignment("ann@example.com", new Right("SELECT", TABLE)),
            new Assignment("ann@example.com", new Right("MODIFY", SCHEMA)),
            new Assignment("ann@example.com", new Right("FLY TO MOON", Securable.METASTORE)),
            new Assignment("analysts", new Right(Right.ALL, CATALOG)));
    assertThat(server.asked(EFFECTIVE)).hasSize(3); // the last one for everybody
    assertThat(server.asked(EFFECTIVE))
        .noneMatch(asked -> asked.line().contains("principal=users"));
  }

  @Test
  void readsEveryPageOfRights() {
    String page = EFFECTIVE + "schema/main.voc?principal=ann%40example.com";
    server.on(EFFECTIVE, json("{}"));
    server.on(page, json(rights("USE_SCHEMA").replace("}]}]}", "}]}],'next_page_token':'a b'}")));
    server.on(page + "&page_token=a%20b", json(rights("CREATE_TABLE")));
    assertThat(permissions.holdings(SCHEMA, ANN).assignments())
        .extracting(assignment -> assignment.right().privilege())
        .containsExactly("USE SCHEMA", "CREATE TABLE");
  }

  @Test
  void refusesPagesWithoutEnd() {
    server.on(EFFECTIVE, json(rights("SELECT").replace("}]}]}", "}]}],'next_page_token':'more'}")));
    assertThatThrownBy(() -> permissions.holdings(TABLE, ANN)).isInstanceOf(SourceException.class);
  }

  @Test
  void refusesAPrivilegeThatNoStatementCouldName() {
    server.on(EFFECTIVE, json(rights("SELECT ON x; canary")));
    assertThatThrownBy(() -> permissions.holdings(TABLE, ANN))
        .isInstanceOf(SourceException.class)
        .hasMessageNotContaining("canary");
  }

  @Test
  void saysOfWhichGroupsTheRightsCannotBeRead() {
    server.on(EFFECTIVE, json(rights("SELECT")));
    server.on(
        EFFECTIVE + "table/main.voc.tickets?principal=analysts",
        error(403, "PERMISSION_DENIED", "no"));
    Holdings holdings = permissions.holdings(TABLE, ANN);
    assertThat(holdings.assignments()).hasSize(1);
    assertThat(holdings.unread()).containsExactly("analysts");
  }

  @Test
  void asksForAtMostTwentyGroups() {
    server.on(EFFECTIVE, json("{}"));
    List<String> groups = IntStream.range(0, 30).mapToObj(i -> "group " + i).toList();
    Holdings holdings = permissions.holdings(TABLE, new Identity("ann@example.com", groups));
    assertThat(server.asked(EFFECTIVE)).hasSize(21);
    assertThat(holdings.unread()).hasSize(11).contains("group 29", Identity.EVERYBODY);
  }

  @Test
  void tellsWhatIsThereFromWhatIsHiddenAndWhatIsNot() {
    server.on(
        UNITY_CATALOG + "tables/main.voc.tickets",
        json("{'owner':'etl','table_type':'VIEW','columns':[]}"));
    server.on(
        UNITY_CATALOG + "schemas/main.voc",
        error(403, "PERMISSION_DENIED", "User does not have USE SCHEMA on Schema 'main.voc'."));
    server.on(
        UNITY_CATALOG + "catalogs/main",
        error(404, "CATALOG_DOES_NOT_EXIST", "Catalog 'main' does not exist."));
    assertThat(permissions.look(TABLE))
        .isEqualTo(new Sight(Sight.State.VISIBLE, Optional.of("etl"), "VIEW"));
    assertThat(permissions.look(SCHEMA).state()).isEqualTo(Sight.State.HIDDEN);
    assertThat(permissions.look(CATALOG).state()).isEqualTo(Sight.State.ABSENT);
  }

  @Test
  void takesARefusedRightForNoBadCredentialWhateverTheTableIsCalled() {
    server.on(
        UNITY_CATALOG,
        error(403, "PERMISSION_DENIED", "User does not have SELECT on Table 'main.voc.tokens'."));
    assertThat(permissions.look(TABLE).state()).isEqualTo(Sight.State.HIDDEN);
  }

  @Test
  void doesNotTakeAWorkspaceWithoutUnityCatalogForOneWithoutTheTable() {
    for (Reply reply :
        List.of(
            error(404, "ENDPOINT_NOT_FOUND", "No API found"),
            error(404, "FEATURE_DISABLED", "no"),
            Reply.of(404, "<html>canary</html>"),
            Reply.of(400, "{}"))) {
      server.on(UNITY_CATALOG, reply);
      assertThatThrownBy(() -> permissions.look(TABLE))
          .isInstanceOf(SourceException.class)
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  void doesNotTakeABadCredentialForAHiddenTable() {
    server.on(
        UNITY_CATALOG, Reply.of(403, "{\"error_code\":403,\"message\":\"Invalid access token.\"}"));
    assertThatThrownBy(() -> permissions.look(TABLE)).isInstanceOf(AccessException.class);
  }

  @Test
  void encodesNamesInPaths() {
    server.on(UNITY_CATALOG, json("{}"));
    permissions.look(Securable.of(new TableName(Optional.of("a/b"), "c d", "é?")));
    assertThat(server.asked(UNITY_CATALOG + "tables/a%2Fb.c%20d.%C3%A9%3F")).hasSize(1);
  }

  @Test
  void readsWhatOneMayDoWithTheWarehouse() {
    server.on(
        "GET /api/2.0/permissions/warehouses/abc123",
        json(
            "{'object_type':'warehouses','access_control_list':[{'user_name':'ann@example.com',"
                + "'all_permissions':[{'permission_level':'CAN_USE','inherited':false}]},"
                + "{'group_name':'analysts','all_permissions':[{'permission_level':'CAN_MANAGE'}]},"
                + "{'service_principal_name':'other','all_permissions':[{'permission_level':"
                + "'IS_OWNER'}]},{'all_permissions':null}]}"));
    assertThat(permissions.warehouse(ANN))
        .containsExactly(
            new WarehouseLevel("ann@example.com", "CAN USE"),
            new WarehouseLevel("analysts", "CAN MANAGE"));
  }

  private static String rights(String privilege) {
    return "{'privilege_assignments':[{'principal':'ann@example.com','privileges':[{'privilege':'"
        + privilege
        + "'}]}]}";
  }

  private static Reply json(String text) {
    return Reply.of(200, text.replace('\'', '"'));
  }

  private static Reply error(int status, String code, String message) {
    return Reply.of(status, "{\"error_code\":\"" + code + "\",\"message\":\"" + message + "\"}");
  }
}
