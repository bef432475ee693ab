package ai.birdie.workspace.session;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.catalog.Relation;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A Spark session that acts for one principal until it is closed.
 *
 * <p>For one thread. Settings made in it end with it.
 */
public final class PrincipalSession implements AutoCloseable {
  private final SparkSession spark;
  private final Principal principal;
  private final Metastore metastore;

  /** Binds the session to its principal. */
  public PrincipalSession(SparkSession spark, Principal principal, Metastore metastore) {
    this.spark = spark;
    this.principal = principal;
    this.metastore = metastore;
    metastore.bind(spark.sessionUUID(), principal);
    if (!principal.isAdmin()) {
      spark.conf().set("spark.sql.runSQLOnFiles", "false");
    }
  }

  /** The session itself. */
  public SparkSession spark() {
    return spark;
  }

  /** Who it acts for. */
  public Principal principal() {
    return principal;
  }

  /** The names and grants that it works on. */
  public Metastore metastore() {
    return metastore;
  }

  /** Sets what holds for this session's statements from here on. */
  public void configure(Map<String, String> settings) {
    settings.forEach((key, value) -> spark.conf().set(key, value));
  }

  /**
   * Sets what a client's session begins with.
   *
   * @throws SqlRefusal for a catalog, a schema, or a parameter that there is not
   */
  public void begin(SessionSettings settings) {
    settings
        .catalog()
        .ifPresent(catalog -> {
          metastore.requireExists(Securable.catalog(catalog));
          useCatalog(catalog);
        });
    settings
        .schema()
        .ifPresent(schema -> {
          metastore.requireExists(Securable.schema(currentCatalog(), schema));
          useSchema(schema);
        });
    settings.parameters().forEach((name, value) -> set(SqlParameter.required(name), value));
  }

  /**
   * Sets a parameter from here on.
   *
   * @throws SqlRefusal for a value that is none of this parameter's
   */
  public void set(SqlParameter parameter, String value) {
    spark.conf().set(parameter.sparkKey(), parameter.checked(value));
  }

  /** Sets a parameter to what it is at the beginning. */
  public void reset(SqlParameter parameter) {
    spark.conf().set(parameter.sparkKey(), parameter.initial());
  }

  /** What a parameter is now. */
  public String value(SqlParameter parameter) {
    return spark.conf().get(parameter.sparkKey());
  }

  /** How long a statement may take; no limit means the longest that there is. */
  public Duration statementTimeout() {
    long seconds = Long.parseLong(value(SqlParameter.STATEMENT_TIMEOUT));
    return Duration.ofSeconds(seconds == 0 ? SqlParameter.LONGEST_TIMEOUT : seconds);
  }

  /** Names that do not say their catalog are of this one. */
  public void useCatalog(String catalog) {
    spark.sql("SET CATALOG " + quoted(catalog));
  }

  /** Names that do not say their schema are of this one. */
  public void useSchema(String schema) {
    spark.sql("USE SCHEMA " + quoted(schema));
  }

  /** The catalog of names that do not say theirs. */
  public String currentCatalog() {
    return spark.sql("SELECT current_catalog()").head().getString(0);
  }

  /** The schema of names that do not say theirs. */
  public String currentSchema() {
    return spark.sql("SELECT current_schema()").head().getString(0);
  }

  /** A table's or view's columns. Whether the principal may see them is for the caller to know. */
  public StructType schemaOf(Relation relation) {
    return switch (relation) {
      case Relation.DeltaTable table ->
          spark.read().format("delta").load(table.location()).schema();
      case Relation.StoredView view -> (StructType) DataType.fromJson(view.schemaJson());
    };
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public void close() {
    metastore.unbind(spark.sessionUUID());
  }
}
