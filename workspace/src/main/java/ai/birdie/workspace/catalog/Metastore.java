package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.AccessControl;
import ai.birdie.workspace.access.Credentials;
import ai.birdie.workspace.access.Grants;
import ai.birdie.workspace.access.Owners;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Principals;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.access.WarehousePermissions;
import ai.birdie.workspace.storage.FolderTree;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What the workspace knows of its principals, tables, views, owners, and grants, kept in a folder,
 * and who runs which Spark session.
 *
 * <p>Thread-safe. A change is on disk when the method that made it returns; a process that dies in
 * between leaves the state before or after the change; of a rename, a table that is read under one
 * of its names, with its policies and grants.
 */
public final class Metastore {
  /** The catalogs of every workspace. */
  public static final List<String> CATALOGS = List.of("main", Securable.LEGACY_CATALOG);

  private final Path tables;
  private final Commits commits;
  private final Names names;
  private final Principals principals;
  private final Grants grants;
  private final Owners owners;
  private final AccessControl access;
  private final WarehousePermissions warehouse;
  private final Routines routines;
  private final TablePolicies policies;
  private final Map<String, Principal> sessions = new ConcurrentHashMap<>();

  private Metastore(
      Path tables,
      Commits commits,
      Names names,
      Principals principals,
      Grants grants,
      Owners owners,
      WarehousePermissions warehouse,
      Routines routines,
      TablePolicies policies) {
    this.warehouse = warehouse;
    this.routines = routines;
    this.policies = policies;
    this.tables = tables;
    this.commits = commits;
    this.names = names;
    this.principals = principals;
    this.grants = grants;
    this.owners = owners;
    this.access = new AccessControl(principals, grants, owners);
  }

  /**
   * Opens what the folder holds, or begins with empty catalogs.
   *
   * @param credentials of the principals that every workspace has
   * @param clock when something is made, and when tables are committed to
   * @param random what the secrets of new principals are drawn from
   * @throws java.io.UncheckedIOException when what the folder holds cannot be read
   */
  public static Metastore open(
      Path folder, Credentials credentials, InstantSource clock, RandomGenerator random) {
    StateFiles files = new StateFiles(folder);
    Names names = new Names(files.names().orElseGet(Metastore::emptyCatalogs), files::writeNames);
    Principals principals =
        new Principals(
            credentials,
            files.principals().orElseGet(Principals.Kept::nothing),
            random,
            files::writePrincipals);
    Grants grants =
        new Grants(files.grants(credentials).orElseGet(Metastore::firstGrants), files::writeGrants);
    Owners owners = new Owners(files.owners(), clock, files::writeOwners);
    WarehousePermissions warehouse =
        new WarehousePermissions(
            principals,
            files.warehouse().orElseGet(() -> WarehousePermissions.first(credentials)),
            files::writeWarehouse);
    Metastore metastore =
        new Metastore(
            folder.resolve("tables"),
            new Commits(clock),
            names,
            principals,
            grants,
            owners,
            warehouse,
            new Routines(files.routines(), files::writeRoutines),
            new TablePolicies(files.policies(), files::writePolicies));
    metastore.forget(metastore::isNoTable); // what a rename left that was not finished
    owners.adopt(metastore.securables(), principals.named(Principals.ADMIN).orElseThrow());
    return metastore;
  }

  /** How tables take their commits. */
  public Commits commits() {
    return commits;
  }

  /** The names of catalogs, schemas, tables, and views. */
  public Names names() {
    return names;
  }

  /** Who there is. */
  public Principals principals() {
    return principals;
  }

  /** What has been granted. */
  public Grants grants() {
    return grants;
  }

  /** Whose everything is. */
  public Owners owners() {
    return owners;
  }

  /** What follows from grants and owners. */
  public AccessControl access() {
    return access;
  }

  /** The functions of schemas. */
  public Routines routines() {
    return routines;
  }

  /** The row filters and column masks of tables. */
  public TablePolicies policies() {
    return policies;
  }

  /** Whether there is a schema of that name. */
  public boolean hasSchema(String catalog, String schema) {
    return names.schemaProperties(catalog, schema).isPresent();
  }

  /** Whose statements a Spark session runs. */
  public void bind(String sessionId, Principal principal) {
    sessions.put(sessionId, principal);
  }

  /** Forgets a session. */
  public void unbind(String sessionId) {
    sessions.remove(sessionId);
  }

  /** Whether a name stands for anything. */
  public boolean exists(Securable securable) {
    List<String> path = securable.path();
    return switch (securable.kind()) {
      case METASTORE -> true;
      case CATALOG -> names.hasCatalog(path.get(0));
      case SCHEMA -> hasSchema(path.get(0), path.get(1));
      case TABLE, VIEW -> names.relation(path.get(0), path.get(1), path.get(2)).isPresent();
      case FUNCTION -> routines.named(securable).isPresent();
    };
  }

  /**
   * Refuses a name that stands for nothing.
   *
   * @throws SqlRefusal saying what was not found
   */
  public void requireExists(Securable securable) {
    if (!exists(securable)) {
      throw SqlRefusal.notFound(securable);
    }
  }

  private boolean isNoTable(Securable securable) {
    return securable.kind() == Securable.Kind.TABLE && !exists(securable);
  }

  /** As a table or as a view, whichever it is. */
  public Securable asItIs(Securable relation) {
    List<String> path = relation.path();
    return relation.kind() == Securable.Kind.TABLE
            && names.relation(path.get(0), path.get(1), path.get(2)).orElse(null)
                instanceof Relation.StoredView
        ? new Securable(Securable.Kind.VIEW, path)
        : relation;
  }

  /** Makes a catalog, where there is none of that name; its maker owns it. */
  public boolean createCatalog(Securable catalog, Principal by) {
    boolean created = names.createCatalog(catalog.fullName());
    if (created) {
      owners.created(catalog, by);
      owners.created(Securable.schema(catalog.fullName(), "default"), by);
    }
    return created;
  }

  /** Makes a function, or makes it anew; who made it first owns it. */
  public void putFunction(Securable function, Routines.Routine routine, Principal by) {
    boolean anew = exists(function);
    routines.put(function, routine);
    if (!anew) {
      owners.created(function, by);
    }
  }

  /** Drops a function. */
  public void dropFunction(Securable function) {
    dropped(function);
  }

  /**
   * Whether a catalog has no tables, no views, no functions, and no schemas but {@code default}.
   */
  public boolean isEmpty(Securable catalog) {
    String name = catalog.fullName();
    return List.of("default").containsAll(names.schemas(name))
        && isEmptySchema(Securable.schema(name, "default"));
  }

  /** Whether a schema has no tables, no views, and no functions. */
  boolean isEmptySchema(Securable schema) {
    return names.relations(schema.path().get(0), schema.path().get(1)).isEmpty()
        && routines.in(schema).isEmpty();
  }

  /** Drops a catalog with all that is in it. */
  public void dropCatalog(Securable catalog) {
    String name = catalog.fullName();
    List<Relation> gone =
        names.schemas(name).stream()
            .flatMap(schema -> names.relations(name, schema).values().stream())
            .toList();
    names.dropCatalog(name);
    dropped(catalog);
    for (Relation relation : gone) {
      if (relation instanceof Relation.DeltaTable table && keeps(table)) {
        FolderTree.delete(Path.of(table.location()));
      }
    }
  }

  /** Whether a table lies in the workspace's own storage. */
  public boolean keeps(Relation.DeltaTable table) {
    return owns(Path.of(table.location()));
  }

  /** Who may use the warehouse. */
  public WarehousePermissions warehousePermissions() {
    return warehouse;
  }

  /**
   * Takes a table's or view's name from it, with policies, grants, and owner; not where the name
   * stands for another by now.
   */
  boolean drop(Securable securable, Relation relation) {
    List<String> path = securable.path();
    synchronized (names) { // nobody takes the name meanwhile
      if (!names.remove(path.get(0), path.get(1), path.get(2), relation)) {
        return false;
      }
      dropped(securable);
      return true;
    }
  }

  /** Forgets what is gone, with all that was in it: grants, owners, policies, and functions. */
  void dropped(Securable gone) {
    forget(each -> each.isWithin(gone));
    routines.forget(gone);
  }

  private void forget(Predicate<Securable> gone) {
    grants.forget(gone);
    owners.forget(gone);
    policies.forget(gone);
  }

  /**
   * Gives a table or view another name, if that is free. Its policies, grants, and owner hold under
   * the new name before that stands for it, and under the old one until that no longer does.
   */
  boolean rename(Securable from, Securable to) {
    synchronized (names) { // nobody takes either name meanwhile
      requireExists(from);
      requireExists(Securable.schema(to.path().get(0), to.path().get(1)));
      if (exists(to)) {
        return false;
      }
      policies.copy(from, to);
      grants.copy(from, to);
      owners.copy(from, to);
      names.rename(from.path(), to.path());
      dropped(from);
      return true;
    }
  }

  /** Empty for a session that nobody bound: it may read nothing. */
  public Optional<Principal> principalOf(String sessionId) {
    return Optional.ofNullable(sessions.get(sessionId));
  }

  /** The folder for a new table. */
  Path newTable(String id) {
    return tables.resolve(id);
  }

  boolean owns(Path location) {
    return location.startsWith(tables);
  }

  /** All catalogs, schemas, tables, views, and functions. */
  private List<Securable> securables() {
    List<Securable> all = new ArrayList<>(routines.all());
    for (String catalog : names.catalogs()) {
      all.add(Securable.catalog(catalog));
      for (String schema : names.schemas(catalog)) {
        all.add(Securable.schema(catalog, schema));
        for (String relation : names.relations(catalog, schema).keySet()) {
          all.add(Securable.table(catalog, schema, relation));
        }
      }
    }
    return all;
  }

  private static SortedMap<String, SortedMap<String, Names.Schema>> emptyCatalogs() {
    SortedMap<String, SortedMap<String, Names.Schema>> catalogs = new TreeMap<>();
    for (String catalog : CATALOGS) {
      SortedMap<String, Names.Schema> schemas = new TreeMap<>();
      schemas.put("default", Names.Schema.empty(Map.of()));
      catalogs.put(catalog, schemas);
    }
    return catalogs;
  }

  /** Everybody may use all schemas of the Hive metastore, as in workspaces of Databricks. */
  static List<Grants.Grant> firstGrants() {
    return List.of(
        new Grants.Grant(
            Principals.WORKSPACE_USERS,
            Privilege.USAGE,
            Securable.catalog(Securable.LEGACY_CATALOG)));
  }
}
