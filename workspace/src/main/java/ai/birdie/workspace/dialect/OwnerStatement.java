package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * ALTER ... OWNER TO.
 *
 * @param securable what gets another owner
 * @param owner who that is
 */
record OwnerStatement(SecurableName securable, String owner) implements OwnStatement {

  /** The statement, where the text is one of these; every other ALTER is Spark's. */
  static Optional<OwnerStatement> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("ALTER")) {
      return Optional.empty();
    }
    SecurableName securable = SecurableName.take(tokens);
    if (!tokens.take("OWNER", "TO") && !tokens.take("SET", "OWNER", "TO")) {
      return Optional.empty();
    }
    String owner = tokens.identifier();
    tokens.end();
    return Optional.of(new OwnerStatement(securable, owner));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    Metastore metastore = session.metastore();
    Securable on = securable.in(session);
    metastore.access().requireManage(session.principal(), on);
    if (!metastore.principals().isGrantee(owner, on)) {
      throw SqlRefusal.principalDoesNotExist(owner);
    }
    boolean toAdmin = metastore.principals().named(owner).filter(Principal::isAdmin).isPresent();
    if (toAdmin && !session.principal().isAdmin()) {
      // Views are read with their owners' rights.
      throw SqlRefusal.insufficientPermissions(
          "Only an administrator may make an administrator the owner.");
    }
    metastore.owners().transfer(on, owner);
    return session.spark().emptyDataFrame();
  }
}
