package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.AccessControl;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.AnalysisContext;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.TableCatalogCapability;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.delta.catalog.DeltaCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What a catalog has besides relations: its name, its schemas, and the principal that its session
 * acts for. Spark uses a catalog from one thread at a time.
 */
@SuppressWarnings("overrides") // Delta's Scala overrides variable arity with an array.
abstract class SchemaCatalog extends DeltaCatalog implements SupportsNamespaces {
  private String name = "";
  private Optional<Metastore> metastore = Optional.empty();

  @Override
  public void initialize(String name, CaseInsensitiveStringMap options) {
    // Delta asks its delegate only for what is overridden here; it must be there, and not be Unity
    // Catalog's.
    setDelegateCatalog(this);
    super.initialize(name, options);
    this.name = name;
    this.metastore = Optional.of(Metastores.named(options.getOrDefault(Metastores.OPTION, "")));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String[] defaultNamespace() {
    return new String[] {"default"};
  }

  @Override
  public Set<TableCatalogCapability> capabilities() {
    return Set.of(
        TableCatalogCapability.SUPPORT_COLUMN_DEFAULT_VALUE,
        TableCatalogCapability.SUPPORTS_CREATE_TABLE_WITH_GENERATED_COLUMNS,
        TableCatalogCapability.SUPPORTS_CREATE_TABLE_WITH_IDENTITY_COLUMNS);
  }

  // Schemas.

  @Override
  public String[][] listNamespaces() {
    Principal principal = principal();
    return Stream.concat(names().schemas(name).stream(), informationSchema())
        .filter(schema -> access().sees(principal, Securable.schema(name, schema)))
        .map(schema -> new String[] {schema})
        .toArray(String[][]::new);
  }

  @Override
  public String[][] listNamespaces(String[] namespace) {
    if (namespace.length == 0) {
      return listNamespaces();
    }
    requireSchema(namespace);
    return new String[0][];
  }

  @Override
  public boolean namespaceExists(String[] namespace) {
    return namespace.length == 1
        && (isInformation(namespace) || names().schemaProperties(name, namespace[0]).isPresent());
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(String[] namespace) {
    access().requireUse(principal(), securable(namespace));
    requireSchema(namespace);
    return new HashMap<>(names().schemaProperties(name, namespace[0]).orElse(Map.of()));
  }

  @Override
  public void createNamespace(String[] namespace, Map<String, String> metadata)
      throws NamespaceAlreadyExistsException {
    access().requireCreate(principal(), securable(namespace));
    refuseLocation(metadata);
    if (namespace.length != 1
        || isInformation(namespace)
        || !names().createSchema(name, namespace[0], metadata)) {
      throw new NamespaceAlreadyExistsException(namespace);
    }
    metastore().owners().created(securable(namespace), principal());
  }

  @Override
  public void alterNamespace(String[] namespace, NamespaceChange... changes) {
    Map<String, String> properties = loadNamespaceMetadata(namespace);
    access().requireManage(principal(), securable(namespace));
    for (NamespaceChange change : changes) {
      if (change instanceof NamespaceChange.SetProperty set) {
        properties.put(set.property(), set.value());
      } else if (change instanceof NamespaceChange.RemoveProperty remove) {
        properties.remove(remove.property());
      }
    }
    names().alterSchema(name, namespace[0], properties);
  }

  @Override
  public boolean dropNamespace(String[] namespace, boolean cascade)
      throws NonEmptyNamespaceException {
    requireSchema(namespace);
    access().requireManage(principal(), securable(namespace));
    if (!cascade && !metastore().isEmptySchema(securable(namespace))) {
      throw new NonEmptyNamespaceException(namespace);
    }
    for (String relation : names().relations(name, namespace[0]).keySet()) {
      drop(Identifier.of(namespace, relation));
    }
    names().dropSchema(name, namespace[0]);
    metastore().dropped(securable(namespace));
    return true;
  }

  // Functions.

  @Override
  public UnboundFunction loadFunction(Identifier ident) throws NoSuchFunctionException {
    Securable function = function(ident).orElseThrow(() -> new NoSuchFunctionException(ident));
    if (isNamedByCaller()) {
      requireUse(function);
    }
    Routines.Routine routine =
        metastore()
            .routines()
            .named(function)
            .orElseThrow(() -> new NoSuchFunctionException(ident));
    if (isNamedByCaller()) {
      access().requireExecute(principal(), function);
    }
    return new StoredFunction(function, routine);
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    requireSchema(namespace);
    return metastore().routines().in(securable(namespace)).stream()
        .filter(function -> access().sees(principal(), function))
        .map(function -> Identifier.of(namespace, function.name()))
        .toArray(Identifier[]::new);
  }

  @Override
  public boolean functionExists(Identifier ident) {
    Optional<Securable> function = function(ident);
    function.filter(named -> isNamedByCaller()).ifPresent(this::requireUse);
    return function.flatMap(metastore().routines()::named).isPresent();
  }

  /** Refuses whoever may not get as far as the name, whether it stands for something or not. */
  final void requireUse(Securable named) {
    Securable schema = named.parents().getFirst();
    access().requireUse(principal(), metastore().exists(schema) ? named : schema);
  }

  private Optional<Securable> function(Identifier ident) {
    return ident.namespace().length == 1
        ? Optional.of(Securable.function(name, ident.namespace()[0], ident.name()))
        : Optional.empty();
  }

  /** Drops a table or a view. */
  abstract void drop(Identifier ident);

  final Metastore metastore() {
    return metastore.orElseThrow(() -> new IllegalStateException("not initialized"));
  }

  final Names names() {
    return metastore().names();
  }

  final Principal principal() {
    String session = ((org.apache.spark.sql.classic.SparkSession) spark()).sessionUUID();
    return metastore()
        .principalOf(session)
        .orElseThrow(() -> SqlRefusal.insufficientPermissions("The session has no principal."));
  }

  final AccessControl access() {
    return metastore().access();
  }

  /** Whoever may create may not therefore write to any folder of the host. */
  final void refuseLocation(Map<String, String> properties) {
    if (properties.containsKey(SupportsNamespaces.PROP_LOCATION)) {
      requireAnyFile();
    }
  }

  /** Folders of the host are the administrators'. */
  final void requireAnyFile() {
    if (!principal().isAdmin()) {
      throw SqlRefusal.insufficientPermissions("User does not have permission SELECT on any file.");
    }
  }

  /**
   * Whether the statement itself names what is asked for. What a view or a function is made of is
   * read with its owner's rights, which are looked at once all is analysed.
   */
  static boolean isNamedByCaller() {
    return AnalysisContext.get().nestedViewDepth() == 0 && !BodyNames.isInBody();
  }

  /** Whether it is the information schema, which the Hive metastore has none of. */
  final boolean isInformation(String[] namespace) {
    return namespace.length == 1 && securable(namespace).isInformation();
  }

  private Stream<String> informationSchema() {
    return Stream.of(Securable.INFORMATION_SCHEMA)
        .filter(schema -> !Securable.catalog(name).isLegacy());
  }

  private Securable securable(String[] namespace) {
    return Securable.schema(name, String.join(".", namespace));
  }

  final void requireSchema(String[] namespace) {
    if (!namespaceExists(namespace)) {
      throw SparkTables.unchecked(
          new NoSuchNamespaceException(SparkTables.qualify(name, namespace)));
    }
  }
}
