package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Grants;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * GRANT and REVOKE.
 *
 * @param verb whether rights are given or taken
 * @param privileges which rights, as written
 * @param securable what they are on
 * @param principal who gets or loses them
 */
record GrantStatement(Verb verb, List<String> privileges, SecurableName securable, String principal)
    implements OwnStatement {
  enum Verb {
    GRANT,
    REVOKE
  }

  /** The statement, where the text is one of these. */
  static Optional<GrantStatement> parse(String text) {
    Tokens tokens = Tokens.of(text);
    for (Verb verb : Verb.values()) {
      if (tokens.take(verb.name())) {
        List<String> privileges = privileges(tokens);
        SecurableName securable = SecurableName.take(tokens);
        tokens.expect(verb == Verb.GRANT ? "TO" : "FROM");
        String principal = tokens.identifier();
        tokens.end();
        return Optional.of(new GrantStatement(verb, privileges, securable, principal));
      }
    }
    return Optional.empty();
  }

  private static List<String> privileges(Tokens tokens) {
    List<String> privileges = new ArrayList<>();
    StringBuilder words = new StringBuilder(tokens.identifier());
    while (!tokens.take("ON")) {
      if (tokens.take(",")) {
        privileges.add(words.toString());
        words.setLength(0);
      } else {
        words.append(' ');
      }
      words.append(tokens.identifier());
    }
    privileges.add(words.toString());
    return privileges;
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    Metastore metastore = session.metastore();
    Securable on = securable.in(session);
    metastore.access().requireManage(session.principal(), on);
    if (!metastore.principals().isGrantee(principal, on)) {
      throw SqlRefusal.principalDoesNotExist(principal);
    }
    List<Privilege> named = privileges.stream().map(privilege -> named(privilege, on)).toList();
    apply(metastore.grants(), named, on);
    return session.spark().emptyDataFrame();
  }

  private static Privilege named(String privilege, Securable on) {
    return Privilege.named(privilege, on)
        .orElseThrow(() ->
            SqlRefusal.invalidParameter(
                "Privilege "
                    + privilege
                    + " is not applicable to this entity ["
                    + on.fullName()
                    + ":"
                    + on.kind()
                    + "]."));
  }

  private void apply(Grants grants, List<Privilege> named, Securable on) {
    for (Privilege privilege : named) {
      switch (verb) {
        case GRANT -> grants.grant(principal, privilege, on);
        case REVOKE -> grants.revoke(principal, privilege, on);
      }
    }
  }
}
