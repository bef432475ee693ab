package ai.birdie.workspace.dialect;

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
    requireOwnRights(session, on);
    metastore.owners().transfer(on, owner);
    return session.spark().emptyDataFrame();
  }

  /**
   * What lends its owner's rights is for nobody but an administrator to give to others. Source:
   * Databricks' documentation of Unity Catalog's ownership, transfer of views and functions.
   */
  private void requireOwnRights(PrincipalSession session, Securable on) {
    boolean lends = on.kind() == Securable.Kind.VIEW || on.kind() == Securable.Kind.FUNCTION;
    boolean own =
        session.principal().isAdmin()
            || session.metastore().principals().identities(session.principal()).contains(owner);
    if (lends && !own) {
      throw SqlRefusal.insufficientPermissions(
          "Only an administrator may make others than oneself and one's own groups the owner of "
              + on.described()
              + ".");
    }
  }
}
