package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * CREATE CATALOG.
 *
 * @param catalog its name
 * @param ifNotExists whether it is no error when there is one already
 */
record CreateCatalog(String catalog, boolean ifNotExists) implements OwnStatement {
  /** The statement, where the text is one of these. */
  static Optional<CreateCatalog> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("CREATE", "CATALOG")) {
      return Optional.empty();
    }
    boolean ifNotExists = tokens.take("IF", "NOT", "EXISTS");
    String catalog = tokens.identifier();
    if (tokens.take("COMMENT")) {
      tokens.string();
    }
    tokens.end();
    return Optional.of(new CreateCatalog(catalog, ifNotExists));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    Securable named = Securable.catalog(catalog);
    session.metastore().access().requireCreate(session.principal(), named);
    if (!session.metastore().createCatalog(named, session.principal()) && !ifNotExists) {
      throw SqlRefusal.catalogAlreadyExists(named.fullName());
    }
    return session.spark().emptyDataFrame();
  }
}
