package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * USE CATALOG, which holds as long as the session.
 *
 * @param catalog its name
 */
record UseCatalog(String catalog) implements OwnStatement {
  /** The statement, where the text is one of these. */
  static Optional<UseCatalog> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("USE", "CATALOG")) {
      return Optional.empty();
    }
    String catalog = tokens.takeString().orElseGet(tokens::identifier);
    tokens.end();
    return Optional.of(new UseCatalog(catalog));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    Securable named = Securable.catalog(catalog);
    session.metastore().requireExists(named);
    if (!named.isLegacy()) {
      session.metastore().access().require(session.principal(), Privilege.USE_CATALOG, named);
    }
    session.useCatalog(named.fullName());
    return session.spark().emptyDataFrame();
  }
}
