package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.ArrayList;
import java.util.List;

/**
 * A securable as a statement names it: its sort, and as much of its name as was written.
 *
 * @param kind the sort; a table where none was written
 * @param parts the name's parts
 */
record SecurableName(Securable.Kind kind, List<String> parts) {

  /** Takes {@code [CATALOG | SCHEMA | TABLE | ...] name}, or {@code METASTORE}. */
  static SecurableName take(Tokens tokens) {
    if (tokens.take("METASTORE")) {
      return new SecurableName(Securable.Kind.METASTORE, List.of());
    }
    Securable.Kind kind = kind(tokens);
    return new SecurableName(kind, tokens.name());
  }

  private static Securable.Kind kind(Tokens tokens) {
    if (tokens.take("DATABASE")) {
      return Securable.Kind.SCHEMA;
    }
    for (Securable.Kind kind : Securable.Kind.values()) {
      if (tokens.take(kind.name())) {
        return kind;
      }
    }
    return Securable.Kind.TABLE;
  }

  /**
   * The securable, with what the name leaves out from the session's setting.
   *
   * @throws SqlRefusal when there is none of that name
   */
  Securable in(PrincipalSession session) {
    List<String> full = new ArrayList<>(parts);
    if (kind.parts() == 3 && full.size() == 1) {
      full.addFirst(session.currentSchema());
    }
    if (kind.parts() > 1 && full.size() == kind.parts() - 1) {
      full.addFirst(session.currentCatalog());
    }
    if (full.size() != kind.parts()) {
      throw SqlRefusal.invalidParameter("Not a name of a " + kind + ": " + parts + ".");
    }
    Securable named = new Securable(kind, full);
    session.metastore().requireExists(named);
    return session.metastore().asItIs(named);
  }
}
