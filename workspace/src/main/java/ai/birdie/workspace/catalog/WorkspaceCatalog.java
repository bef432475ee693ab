package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.storage.FolderTree;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NoSuchViewException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.ViewAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.RelationCatalog;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.connector.catalog.TableWritePrivilege;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * One catalog of the workspace, as Spark sees it: Delta tables under names of their own, and views.
 *
 * <p>Delta's own catalog only works as Spark's session catalog; under any other name it would
 * create tables there. This one therefore lets Delta create each table by its path, and keeps the
 * name itself. Spark makes one for each session, so it acts for that session's principal.
 */
@SuppressWarnings(
    "overrides") // Delta's Scala overrides a method of variable arity with one of an array.
public final class WorkspaceCatalog extends SchemaCatalog implements RelationCatalog {
  /** The folders of tables that this session makes or replaces, for which Delta asks by path. */
  private final Set<String> ownPaths = ConcurrentHashMap.newKeySet();

  /** Called by Spark. */
  public WorkspaceCatalog() {}

  // Tables and views: reading.

  @Override
  public org.apache.spark.sql.connector.catalog.Relation loadRelation(Identifier ident)
      throws NoSuchTableException {
    return storedView(ident).isPresent() ? view(ident) : loadTable(ident);
  }

  @Override
  public Table loadTable(Identifier ident) {
    if (isPathIdentifier(ident)) {
      if (!ownPaths.contains(ident.name())) {
        requireAnyFile();
      }
      metastore().commits().open(ident.name());
      return loadPathTable(ident);
    }
    requireUse(ident);
    if (isInformation(ident.namespace())) {
      return new InformationSchema(name(), metastore(), principal(), this::structure)
          .table(ident.name())
          .orElseThrow(() -> noSuchTable(ident));
    }
    Optional<Relation> relation = relation(ident);
    if (relation.isPresent() && relation.get() instanceof Relation.DeltaTable table) {
      requireAny(ident, Securable.Kind.TABLE);
      metastore().commits().open(table.location());
      return loadCatalogTable(
          ident, SparkTables.describe(name(), ident, Path.of(table.location())));
    }
    throw noSuchTable(ident);
  }

  @Override
  public Table loadTable(Identifier ident, String version) {
    refuseTimeTravel(ident);
    return super.loadTable(ident, version);
  }

  @Override
  public Table loadTable(Identifier ident, long timestamp) {
    refuseTimeTravel(ident);
    return super.loadTable(ident, timestamp);
  }

  /** An earlier version may hold what its policy of today does not know. */
  private void refuseTimeTravel(Identifier ident) {
    Securable table = securable(ident, Securable.Kind.TABLE);
    if (metastore().policies().of(table).isPresent()) {
      throw SqlRefusal.policyForbids(table, "TIME_TRAVEL");
    }
  }

  @Override
  public Table loadTable(Identifier ident, Set<TableWritePrivilege> writePrivileges) {
    requireUse(ident);
    if (!isPathIdentifier(ident) && relation(ident).isPresent()) {
      access().require(principal(), Privilege.MODIFY, securable(ident, Securable.Kind.TABLE));
    }
    return loadTable(ident);
  }

  @Override
  public View loadView(Identifier ident) throws NoSuchViewException {
    requireUse(ident);
    if (storedView(ident).isEmpty()) {
      throw new NoSuchViewException(ident);
    }
    return view(ident);
  }

  @Override
  public boolean tableExists(Identifier ident) {
    return isPathIdentifier(ident)
        ? super.tableExists(ident)
        : relation(ident).filter(Relation.DeltaTable.class::isInstance).isPresent();
  }

  @Override
  public boolean viewExists(Identifier ident) {
    return storedView(ident).isPresent();
  }

  @Override
  public Identifier[] listTables(String[] namespace) {
    return list(namespace, Relation.DeltaTable.class);
  }

  @Override
  public Identifier[] listViews(String[] namespace) {
    return list(namespace, Relation.StoredView.class);
  }

  // Tables: creating, replacing, dropping.

  @Override
  public Table createTable(
      Identifier ident, Column[] columns, Transform[] partitions, Map<String, String> properties) {
    if (isPathIdentifier(ident)) {
      requireAnyFile();
      return super.createTable(ident, columns, partitions, properties);
    }
    Identifier path = newPath(ident, properties);
    try {
      super.createTable(path, columns, partitions, delta(properties));
      register(ident, path);
    } catch (Exception e) { // Scala throws undeclared checked ones
      discard(path);
      throw e;
    }
    return loadTable(ident);
  }

  @Override
  public Table createTable(Identifier ident, TableInfo info) {
    return createTable(ident, info.columns(), info.partitions(), info.properties());
  }

  @Override
  public StagedTable stageCreate(
      Identifier ident, Column[] columns, Transform[] partitions, Map<String, String> properties) {
    if (relation(ident).isPresent()) {
      throw SparkTables.unchecked(new TableAlreadyExistsException(ident));
    }
    Identifier path = newPath(ident, properties);
    StagedTable staged = super.stageCreate(path, columns, partitions, delta(properties));
    return new NamedStagedTable(staged, () -> register(ident, path), () -> discard(path));
  }

  @Override
  public StagedTable stageReplace(
      Identifier ident, Column[] columns, Transform[] partitions, Map<String, String> properties) {
    Identifier path = pathToReplace(ident).orElseThrow(() -> noSuchTable(ident));
    return super.stageReplace(path, columns, partitions, delta(properties));
  }

  @Override
  public StagedTable stageCreateOrReplace(
      Identifier ident, Column[] columns, Transform[] partitions, Map<String, String> properties) {
    if (viewExists(ident)) {
      throw SparkTables.unchecked(new TableAlreadyExistsException(ident));
    }
    Optional<Identifier> old = pathToReplace(ident);
    Identifier path = old.orElseGet(() -> newPath(ident, properties));
    StagedTable staged = super.stageCreateOrReplace(path, columns, partitions, delta(properties));
    return old.isPresent()
        ? staged
        : new NamedStagedTable(staged, () -> register(ident, path), () -> discard(path));
  }

  @Override
  public boolean dropTable(Identifier ident) {
    requireUse(ident);
    Optional<Relation.DeltaTable> table = deltaTable(ident);
    if (table.isEmpty()) {
      return false;
    }
    requireManage(ident);
    boolean dropped = metastore().drop(securable(ident, Securable.Kind.TABLE), table.get());
    if (dropped) {
      discard(SparkTables.byPath(table.get().location()));
    }
    return dropped;
  }

  @Override
  public boolean purgeTable(Identifier ident) {
    return dropTable(ident);
  }

  @Override
  public void renameTable(Identifier oldIdent, Identifier newIdent)
      throws NoSuchTableException, TableAlreadyExistsException {
    if (pathOf(oldIdent).isEmpty()) {
      throw new NoSuchTableException(qualified(oldIdent));
    }
    Identifier target = target(oldIdent, newIdent);
    if (relation(target).isPresent()) {
      throw new TableAlreadyExistsException(target);
    }
    requireManage(oldIdent);
    requireCreate(target);
    rename(oldIdent, target);
  }

  @Override
  public Table alterTable(Identifier ident, TableChange... changes) {
    requireUse(ident);
    Securable table = securable(ident, Securable.Kind.TABLE);
    if (!access().manages(principal(), table)) {
      access().require(principal(), Privilege.MODIFY, table);
    }
    Stream.of(changes).forEach(change -> refuseUnderPolicy(table, change));
    return super.alterTable(ident, changes);
  }

  /** Policies know columns by their names. */
  private void refuseUnderPolicy(Securable table, TableChange change) {
    boolean goes =
        change instanceof TableChange.RenameColumn || change instanceof TableChange.DeleteColumn;
    if (goes && change instanceof TableChange.ColumnChange column) {
      String[] name = column.fieldNames();
      boolean named =
          metastore().policies().of(table).filter(policy -> policy.names(name[0])).isPresent();
      if (named && name.length == 1) {
        throw SqlRefusal.policyForbids(
            table, change instanceof TableChange.RenameColumn ? "RENAME_COLUMN" : "DROP_COLUMN");
      }
    }
  }

  @Override
  public void invalidateTable(Identifier ident) {}

  // Views: creating, replacing, dropping.

  @Override
  public View createView(Identifier ident, View view) throws ViewAlreadyExistsException {
    requireCreate(ident);
    if (!names().putIfAbsent(name(), schemaOf(ident), ident.name(), Views.toStored(view))) {
      throw new ViewAlreadyExistsException(ident);
    }
    metastore().owners().created(securable(ident, Securable.Kind.VIEW), principal());
    return view;
  }

  @Override
  public View replaceView(Identifier ident, View view) throws NoSuchViewException {
    if (!viewExists(ident)) {
      throw new NoSuchViewException(ident);
    }
    requireManage(ident);
    names().put(name(), schemaOf(ident), ident.name(), Views.toStored(view));
    return view;
  }

  @Override
  public boolean dropView(Identifier ident) {
    requireUse(ident);
    Optional<Relation.StoredView> view = storedView(ident);
    if (view.isEmpty()) {
      return false;
    }
    requireManage(ident);
    return metastore().drop(securable(ident, Securable.Kind.VIEW), view.get());
  }

  @Override
  public void renameView(Identifier oldIdent, Identifier newIdent)
      throws NoSuchViewException, ViewAlreadyExistsException {
    if (storedView(oldIdent).isEmpty()) {
      throw new NoSuchViewException(oldIdent);
    }
    Identifier target = target(oldIdent, newIdent);
    if (relation(target).isPresent()) {
      throw new ViewAlreadyExistsException(target);
    }
    requireManage(oldIdent);
    requireCreate(target);
    rename(oldIdent, target);
  }

  private void requireUse(Identifier ident) {
    if (isNamedByCaller() && !isPathIdentifier(ident)) {
      requireUse(securable(ident, Securable.Kind.TABLE));
    }
  }

  private void requireAny(Identifier ident, Securable.Kind kind) {
    if (isNamedByCaller()) {
      access().requireAny(principal(), securable(ident, kind));
    }
  }

  private void requireManage(Identifier ident) {
    access().requireManage(principal(), metastore().asItIs(securable(ident, Securable.Kind.TABLE)));
  }

  private void requireCreate(Identifier ident) {
    requireUse(ident);
    requireSchema(ident.namespace());
    if (isInformation(ident.namespace())) {
      throw SqlRefusal.insufficientPermissions(
          "User does not have CREATE TABLE on Schema '" + name() + ".information_schema'.");
    }
    access().requireCreate(principal(), securable(ident, Securable.Kind.TABLE));
  }

  private View view(Identifier ident) {
    requireUse(ident);
    requireAny(ident, Securable.Kind.VIEW);
    return Views.toSpark(storedView(ident).orElseThrow());
  }

  private Optional<Relation.StoredView> storedView(Identifier ident) {
    return relation(ident)
        .filter(Relation.StoredView.class::isInstance)
        .map(Relation.StoredView.class::cast);
  }

  private StructType structure(Securable relation) {
    Identifier ident = Identifier.of(new String[] {relation.path().get(1)}, relation.path().get(2));
    return switch (relation(ident).orElseThrow(() -> noSuchTable(ident))) {
      case Relation.StoredView view -> (StructType) DataType.fromJson(view.schemaJson());
      case Relation.DeltaTable table ->
          CatalogV2Util.v2ColumnsToStructType(
              loadCatalogTable(
                      ident, SparkTables.describe(name(), ident, Path.of(table.location())))
                  .columns());
    };
  }

  private Securable securable(Identifier ident, Securable.Kind kind) {
    return new Securable(kind, List.of(name(), schemaOf(ident), ident.name()));
  }

  private Optional<Relation> relation(Identifier ident) {
    return ident.namespace().length == 1
        ? names().relation(name(), ident.namespace()[0], ident.name())
        : Optional.empty();
  }

  private Identifier[] list(String[] namespace, Class<? extends Relation> kind) {
    requireSchema(namespace);
    access().requireUse(principal(), Securable.table(name(), namespace[0], "any"));
    if (isInformation(namespace)) {
      return InformationSchema.tables().stream()
          .filter(table -> kind == Relation.DeltaTable.class)
          .sorted()
          .map(table -> Identifier.of(namespace, table))
          .toArray(Identifier[]::new);
    }
    return names().relations(name(), namespace[0]).entrySet().stream()
        .filter(entry -> kind.isInstance(entry.getValue()))
        .filter(entry ->
            access().sees(principal(), Securable.table(name(), namespace[0], entry.getKey())))
        .map(entry -> Identifier.of(namespace, entry.getKey()))
        .toArray(Identifier[]::new);
  }

  private Optional<Identifier> pathOf(Identifier ident) {
    return deltaTable(ident).map(table -> SparkTables.byPath(table.location()));
  }

  private Optional<Relation.DeltaTable> deltaTable(Identifier ident) {
    return relation(ident)
        .filter(Relation.DeltaTable.class::isInstance)
        .map(Relation.DeltaTable.class::cast);
  }

  /** Where a table lies that is to be replaced by whoever may. */
  private Optional<Identifier> pathToReplace(Identifier ident) {
    Optional<Identifier> path = pathOf(ident);
    if (path.isPresent()) {
      requireManage(ident);
      ownPaths.add(path.get().name());
    }
    return path;
  }

  private Identifier newPath(Identifier ident, Map<String, String> properties) {
    requireCreate(ident);
    refuseLocation(properties);
    String location = properties.get(TableCatalog.PROP_LOCATION);
    Identifier path =
        SparkTables.byPath(
            location == null
                ? metastore().newTable(UUID.randomUUID().toString()).toString()
                : SparkTables.localPath(location));
    ownPaths.add(path.name());
    metastore().commits().open(path.name());
    return path;
  }

  private Map<String, String> delta(Map<String, String> properties) {
    Map<String, String> kept = new HashMap<>(properties);
    kept.remove(TableCatalog.PROP_LOCATION);
    String provider = kept.getOrDefault(TableCatalog.PROP_PROVIDER, "delta");
    if (!provider.equalsIgnoreCase("delta")) {
      throw new UnsupportedOperationException(
          "Tables USING " + provider + " are not supported here.");
    }
    kept.put(TableCatalog.PROP_PROVIDER, "delta");
    return kept;
  }

  /** Names a new table; others may have taken the name since it was looked at. */
  private void register(Identifier ident, Identifier path) {
    Relation table = new Relation.DeltaTable(path.name());
    if (!names().putIfAbsent(name(), schemaOf(ident), ident.name(), table)) {
      throw SparkTables.unchecked(new TableAlreadyExistsException(ident));
    }
    metastore().owners().created(securable(ident, Securable.Kind.TABLE), principal());
  }

  /** Deletes the files of a table without a name; those in a folder of the host's stay. */
  private void discard(Identifier path) {
    Path folder = Path.of(path.name());
    if (metastore().owns(folder)) {
      FolderTree.delete(folder);
    }
  }

  private void rename(Identifier from, Identifier to) {
    Securable target = securable(to, Securable.Kind.TABLE);
    if (!metastore().rename(securable(from, Securable.Kind.TABLE), target)) {
      throw SparkTables.unchecked(new TableAlreadyExistsException(to));
    }
  }

  private Identifier target(Identifier from, Identifier to) {
    String[] namespace = to.namespace();
    return switch (namespace.length) {
      case 0 -> Identifier.of(from.namespace(), to.name());
      case 2 -> Identifier.of(new String[] {namespace[1]}, to.name());
      default -> to;
    };
  }

  private RuntimeException noSuchTable(Identifier ident) {
    return SparkTables.unchecked(new NoSuchTableException(qualified(ident)));
  }

  private Identifier qualified(Identifier ident) {
    return Identifier.of(SparkTables.qualify(name(), ident.namespace()), ident.name());
  }

  private static String schemaOf(Identifier ident) {
    return ident.namespace().length == 0 ? "" : ident.namespace()[0];
  }

  @Override
  void drop(Identifier ident) {
    if (!dropView(ident)) {
      dropTable(ident);
    }
  }
}
