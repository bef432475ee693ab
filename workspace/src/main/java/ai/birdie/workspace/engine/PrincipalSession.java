package ai.birdie.workspace.engine;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.catalog.Metastore;
import org.apache.spark.sql.classic.SparkSession;

/**
 * A Spark session that acts for one principal until it is closed.
 *
 * <p>For one thread. Settings made in it end with it.
 */
public final class PrincipalSession implements AutoCloseable {
  private final SparkSession spark;
  private final Principal principal;
  private final Metastore metastore;

  PrincipalSession(SparkSession spark, Principal principal, Metastore metastore) {
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

  Principal principal() {
    return principal;
  }

  /** From here on, statements are run as it pays for their input. */
  void spend(Effort effort) {
    effort.settings().forEach((key, value) -> spark.conf().set(key, value));
  }

  void useCatalog(String catalog) {
    spark.sql("SET CATALOG " + quoted(catalog));
  }

  void useSchema(String schema) {
    spark.sql("USE SCHEMA " + quoted(schema));
  }

  String currentCatalog() {
    return spark.sql("SELECT current_catalog()").head().getString(0);
  }

  String currentSchema() {
    return spark.sql("SELECT current_schema()").head().getString(0);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public void close() {
    metastore.unbind(spark.sessionUUID());
  }
}
