package ai.birdie.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.birdie.testkit.LocalWorkspace;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.catalog.CatalogInfo;
import com.databricks.sdk.service.catalog.ColumnInfo;
import com.databricks.sdk.service.catalog.EffectivePrivilege;
import com.databricks.sdk.service.catalog.GetEffectiveRequest;
import com.databricks.sdk.service.catalog.GetGrantRequest;
import com.databricks.sdk.service.catalog.ListCatalogsRequest;
import com.databricks.sdk.service.catalog.ListSchemasRequest;
import com.databricks.sdk.service.catalog.ListTablesRequest;
import com.databricks.sdk.service.catalog.PermissionsChange;
import com.databricks.sdk.service.catalog.Privilege;
import com.databricks.sdk.service.catalog.PrivilegeAssignment;
import com.databricks.sdk.service.catalog.SchemaInfo;
import com.databricks.sdk.service.catalog.TableInfo;
import com.databricks.sdk.service.catalog.TableType;
import com.databricks.sdk.service.catalog.UpdatePermissions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Unity Catalog, by the vendor's SDK for Java. */
@ExtendWith(Served.class)
final class SdkCatalogIT {
  private static final String READER = "reader@example.com";
  private static final String TABLE = "shelves.fiction.novels";

  private final WorkspaceClient reader;
  private final WorkspaceClient admin;

  SdkCatalogIT(LocalWorkspace workspace) {
    this.reader = Sdk.reader(workspace);
    this.admin = Sdk.admin(workspace);
  }

  @BeforeAll
  static void fill(LocalWorkspace workspace) {
    workspace.sql("CREATE CATALOG shelves");
    workspace.sql("CREATE SCHEMA shelves.fiction COMMENT 'made up'");
    workspace.sql("CREATE SCHEMA shelves.fact");
    workspace.sql("CREATE TABLE " + TABLE + " (title STRING NOT NULL, price DECIMAL(9, 2))");
    workspace.sql("CREATE TABLE shelves.fiction.poems (title STRING)");
    workspace.sql("CREATE VIEW shelves.fiction.titles AS SELECT title FROM " + TABLE);
    workspace.sql("GRANT USE CATALOG ON CATALOG shelves TO `" + READER + "`");
    workspace.sql("GRANT USE SCHEMA ON SCHEMA shelves.fiction TO `" + READER + "`");
    workspace.sql("GRANT SELECT ON TABLE " + TABLE + " TO `" + READER + "`");
  }

  @Test
  void listsComeWholeByPagesOfOne() {
    assertThat(
            names(
                admin.catalogs().list(new ListCatalogsRequest().setMaxResults(1L)),
                CatalogInfo::getName))
        .contains("main", "shelves");
    assertThat(
            names(
                admin
                    .schemas()
                    .list(new ListSchemasRequest().setCatalogName("shelves").setMaxResults(1L)),
                SchemaInfo::getName))
        .contains("fact", "fiction");
    assertThat(
            names(
                admin
                    .tables()
                    .list(
                        new ListTablesRequest()
                            .setCatalogName("shelves")
                            .setSchemaName("fiction")
                            .setMaxResults(1L)),
                TableInfo::getName))
        .containsExactly("novels", "poems", "titles");
  }

  @Test
  void listsHoldOnlyWhatOneMaySee() {
    assertThat(names(reader.schemas().list("shelves"), SchemaInfo::getName)).contains("fiction");
    assertThat(names(reader.tables().list("shelves", "fiction"), TableInfo::getName))
        .containsExactly("novels");
    assertThatThrownBy(() -> reader.tables().get("shelves.fiction.poems"))
        .isInstanceOf(PermissionDenied.class);
    assertThatThrownBy(() -> reader.tables().get("shelves.fiction.nothing"))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void tablesAndViewsAreDescribed() {
    TableInfo table = reader.tables().get(TABLE);
    assertThat(table.getTableType()).isEqualTo(TableType.MANAGED);
    assertThat(table.getOwner()).isEqualTo("admin");
    assertThat(table.getColumns())
        .extracting(ColumnInfo::getName, ColumnInfo::getTypeText, ColumnInfo::getNullable)
        .containsExactly(tuple("title", "string", false), tuple("price", "decimal(9,2)", true));
    TableInfo view = admin.tables().get("shelves.fiction.titles");
    assertThat(view.getTableType()).isEqualTo(TableType.VIEW);
    assertThat(view.getViewDefinition()).contains("SELECT title FROM");
    assertThat(admin.schemas().get("shelves.fiction").getComment()).isEqualTo("made up");
    assertThat(admin.catalogs().get("shelves").getOwner()).isEqualTo("admin");
  }

  @Test
  void grantsAreToldThereAndFromAbove() {
    assertThat(
            admin
                .grants()
                .get(
                    new GetGrantRequest()
                        .setSecurableType("table")
                        .setFullName(TABLE)
                        .setPrincipal(READER))
                .getPrivilegeAssignments())
        .singleElement()
        .extracting(PrivilegeAssignment::getPrivileges)
        .isEqualTo(List.of(Privilege.SELECT));
    List<EffectivePrivilege> effective =
        reader
            .grants()
            .getEffective(
                new GetEffectiveRequest()
                    .setSecurableType("table")
                    .setFullName(TABLE)
                    .setPrincipal(READER))
            .getPrivilegeAssignments()
            .stream()
            .flatMap(assignment -> assignment.getPrivileges().stream())
            .toList();
    assertThat(effective)
        .extracting(EffectivePrivilege::getPrivilege, EffectivePrivilege::getInheritedFromName)
        .containsExactlyInAnyOrder(
            tuple(Privilege.SELECT, null),
            tuple(Privilege.USE_SCHEMA, "shelves.fiction"),
            tuple(Privilege.USE_CATALOG, "shelves"));
  }

  @Test
  void grantsAreChanged() {
    UpdatePermissions change =
        new UpdatePermissions().setSecurableType("table").setFullName("shelves.fiction.poems");
    PermissionsChange granted =
        new PermissionsChange().setPrincipal(READER).setAdd(List.of(Privilege.MODIFY));
    assertThat(admin.grants().update(change.setChanges(List.of(granted))).getPrivilegeAssignments())
        .extracting(PrivilegeAssignment::getPrincipal)
        .containsExactly(READER);
    PermissionsChange revoked =
        new PermissionsChange().setPrincipal(READER).setRemove(List.of(Privilege.MODIFY));
    admin.grants().update(change.setChanges(List.of(revoked)));
    assertThat(admin.grants().get("table", "shelves.fiction.poems").getPrivilegeAssignments())
        .isNullOrEmpty();
    assertThatThrownBy(() -> reader.grants().update(change.setChanges(List.of(granted))))
        .isInstanceOf(PermissionDenied.class);
  }

  private static <T, N> List<N> names(Iterable<T> listed, Function<T, N> name) {
    return StreamSupport.stream(listed.spliterator(), false).map(name).toList();
  }
}
