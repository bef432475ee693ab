package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * DROP CATALOG.
 *
 * @param catalog its name
 * @param ifExists whether it is no error when there is none
 * @param cascade whether what is in it goes with it
 */
record DropCatalog(String catalog, boolean ifExists, boolean cascade) implements OwnStatement {
  /** The statement, where the text is one of these. */
  static Optional<DropCatalog> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("DROP", "CATALOG")) {
      return Optional.empty();
    }
    boolean ifExists = tokens.take("IF", "EXISTS");
    String catalog = tokens.identifier();
    boolean cascade = tokens.take("CASCADE");
    if (!cascade) {
      tokens.take("RESTRICT");
    }
    tokens.end();
    return Optional.of(new DropCatalog(catalog, ifExists, cascade));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    Metastore metastore = session.metastore();
    Securable named = Securable.catalog(catalog);
    if (ifExists && !metastore.exists(named)) {
      return session.spark().emptyDataFrame();
    }
    metastore.requireExists(named);
    metastore.access().requireManage(session.principal(), named);
    if (named.isLegacy()) {
      throw SqlRefusal.invalidParameter("Catalog '" + named.fullName() + "' cannot be dropped.");
    }
    if (!cascade && !metastore.isEmpty(named)) {
      throw SqlRefusal.catalogNotEmpty(named.fullName());
    }
    metastore.dropCatalog(named);
    return session.spark().emptyDataFrame();
  }
}
