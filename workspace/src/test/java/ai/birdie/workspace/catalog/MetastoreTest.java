package ai.birdie.workspace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.workspace.access.Account;
import ai.birdie.workspace.access.Credentials;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Principals;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.access.WarehousePermissions;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of principals, owners, and grants from one start to the next. */
final class MetastoreTest {
  private static final Credentials CREDENTIALS =
      new Credentials("warehouse", "client-id", "dose-secret", "dapi-reader", "dapi-admin");

  private static final TablePolicies.Call FILTER =
      new TablePolicies.Call(List.of("main", "default", "seen"), List.of("region"));

  @TempDir Path folder;

  @Test
  void principalsOwnersGrantsAndPermissionsAreKept() {
    Metastore first = open();
    Account account =
        first.principals().add("ann@example.com", Principal.Kind.USER, Set.of("analysts"));
    Principal ann = account.principal();
    first.createCatalog(Securable.catalog("own"), ann);
    first.grants().grant("analysts", Privilege.SELECT, Securable.catalog("main"));
    first.warehousePermissions().update(Map.of(ann.name(), WarehousePermissions.Level.CAN_MANAGE));
    Metastore second = open();
    assertThat(second.principals().holder(String.valueOf(account.token()))).contains(ann);
    assertThat(second.access().owns(ann, Securable.catalog("own"))).isTrue();
    assertThat(second.access().has(ann, Privilege.SELECT, Securable.table("main", "a", "b")))
        .isTrue();
    assertThat(second.warehousePermissions().mayManage(ann)).isTrue();
  }

  @Test
  void grantsOfAnEarlierStateAreTakenOverByTheApplicationId() throws Exception {
    Files.writeString(
        folder.resolve("grants.json"),
        "[{\"principal\":\"birdie\",\"privilege\":\"USE_CATALOG\",\"securable\":\"main\"},"
            + "{\"principal\":\"reader@example.com\",\"privilege\":\"SELECT\","
            + "\"securable\":\"main.feedback\"}]");
    Metastore metastore = open();
    assertThat(metastore.grants().of("client-id", Securable.catalog("main")))
        .containsExactly(Privilege.USE_CATALOG);
    assertThat(metastore.grants().of(Principals.READER, Securable.schema("main", "feedback")))
        .containsExactly(Privilege.SELECT);
    assertThat(
            metastore
                .grants()
                .of(Principals.WORKSPACE_USERS, Securable.catalog(Securable.LEGACY_CATALOG)))
        .containsExactly(Privilege.USAGE);
  }

  @Test
  void stateThatCannotBeReadIsNamed() throws Exception {
    Files.writeString(folder.resolve("owners.json"), "{nonsense");
    assertThatThrownBy(this::open)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("owners.json")
        .hasMessageContaining("begin with another folder");
  }

  @Test
  void aRenameThatIsNotFinishedLeavesNoTableWithoutItsPolicyAndNoRightOnAnother() throws Exception {
    for (String file : List.of("policies", "privileges", "owners", "names")) {
      Metastore metastore = open();
      Securable table = Securable.table("main", "default", "before_" + file);
      Securable renamed = Securable.table("main", "default", "after_" + file);
      metastore.names().put("main", "default", table.name(), new Relation.DeltaTable("/nowhere"));
      Principal admin = metastore.principals().named(Principals.ADMIN).orElseThrow();
      metastore.owners().created(table, admin);
      metastore.policies().change(table, none -> none.withRowFilter(FILTER));
      metastore.grants().grant("ann", Privilege.SELECT, table);
      Path inTheWay = folder.resolve(file + ".json.next").resolve("in the way");
      Files.createDirectories(inTheWay);
      assertThatThrownBy(() -> metastore.rename(table, renamed))
          .isInstanceOf(UncheckedIOException.class);
      Files.delete(inTheWay);

      Metastore next = open();
      assertThat(next.exists(table)).as(file).isTrue();
      assertThat(next.policies().of(table)).as(file).isPresent();
      assertThat(next.grants().of("ann", table)).as(file).containsExactly(Privilege.SELECT);
      assertThat(next.exists(renamed)).as(file).isFalse();
      assertThat(next.policies().of(renamed)).as(file).isEmpty();
      assertThat(next.grants().of("ann", renamed)).as(file).isEmpty();

      assertThat(next.rename(table, renamed)).isTrue();
      assertThat(next.rename(renamed, renamed)).as("the name is taken").isFalse();
      Metastore last = open();
      assertThat(last.policies().of(renamed)).as(file).isPresent();
      assertThat(last.grants().of("ann", renamed)).containsExactly(Privilege.SELECT);
      assertThat(last.exists(table)).isFalse();
      assertThat(last.policies().of(table)).isEmpty();
    }
  }

  @Test
  void aDropLeavesAloneWhatHasTakenTheNameMeanwhile() throws Exception {
    Metastore metastore = open();
    Securable table = Securable.table("main", "default", "swapped");
    Relation looked = new Relation.DeltaTable("/former");
    Relation successor = new Relation.DeltaTable("/successor");
    metastore.names().put("main", "default", table.name(), looked);
    assertThat(metastore.rename(table, Securable.table("main", "default", "kept"))).isTrue();
    metastore.names().put("main", "default", table.name(), successor);
    metastore.policies().change(table, none -> none.withRowFilter(FILTER));

    assertThat(metastore.drop(table, looked)).isFalse();
    assertThat(metastore.policies().of(table)).isPresent();

    assertThat(metastore.drop(table, successor)).isTrue();
    assertThat(metastore.exists(table)).isFalse();
    assertThat(metastore.policies().of(table)).isEmpty();
  }

  @Test
  void aTableIsNotRenamedIntoASchemaThatIsNotThere() throws Exception {
    Metastore metastore = open();
    Securable table = Securable.table("main", "default", "stays");
    Securable nowhere = Securable.table("main", "nowhere", "stays");
    metastore.names().put("main", "default", table.name(), new Relation.DeltaTable("/nowhere"));
    metastore.grants().grant("ann", Privilege.SELECT, table);

    assertThatThrownBy(() -> metastore.rename(table, nowhere)).isInstanceOf(SqlRefusal.class);
    assertThat(metastore.exists(table)).isTrue();
    assertThat(metastore.grants().of("ann", nowhere)).isEmpty();
  }

  @Test
  void nobodyElseReadsWhatHoldsSecrets() throws Exception {
    open().principals().add("ann@example.com", Principal.Kind.USER, Set.of());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("principals.json"))))
        .isEqualTo("rw-------");
  }

  private Metastore open() {
    return Metastore.open(folder, CREDENTIALS, InstantSource.fixed(Instant.EPOCH), new Random(7));
  }
}
