package ai.birdie.databricks.privilege;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.name.Identifiers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A privilege on something.
 *
 * @param privilege as SQL spells it: {@code USE SCHEMA}. Any name of a privilege, also one that
 *     this version has never heard of
 */
public record Right(String privilege, Securable on) {

  /** What stands for every other privilege. */
  public static final String ALL = "ALL PRIVILEGES";

  private static final String NAME = "[A-Z][A-Z0-9 ]{0,79}";

  /**
   * Checks the name, because it becomes part of a statement.
   *
   * @throws IllegalArgumentException if no privilege can be called so
   */
  public Right {
    requireNonNull(on);
    if (!isName(privilege)) {
      throw new IllegalArgumentException("Not the name of a privilege");
    }
  }

  /** Whether a privilege may be called so, as SQL spells it. */
  public static boolean isName(String privilege) {
    return privilege.matches(NAME);
  }

  /** The least that whoever reads a table or view needs, outermost first. */
  public static List<Right> toRead(TableName table) {
    Right select = new Right("SELECT", Securable.of(table));
    if (table.inHiveMetastore()) {
      return List.of(new Right("USAGE", Securable.schemaOf(table)), select);
    }
    return List.of(
        new Right("USE CATALOG", Securable.catalogOf(table)),
        new Right("USE SCHEMA", Securable.schemaOf(table)),
        select);
  }

  /** Whether who has this has the other too. */
  public boolean covers(Right other) {
    boolean same = privilege.equals(other.privilege) || privilege.equals(ALL);
    return same && on.encloses(other.on);
  }

  /**
   * The statement that grants it, without a semicolon.
   *
   * @throws ai.birdie.core.error.ConfigException if nothing can have such a name
   */
  public String grantTo(String principal) {
    return "GRANT " + privilege + " ON " + on.sql() + " TO " + Identifiers.quote(principal);
  }

  /**
   * The statement that takes privileges on one thing back, without a semicolon.
   *
   * @throws IllegalArgumentException if they are none, or on several things
   * @throws ai.birdie.core.error.ConfigException if nothing can have such a name
   */
  public static String revokeFrom(String principal, List<Right> rights) {
    List<Securable> on = rights.stream().map(Right::on).distinct().toList();
    if (on.size() != 1) {
      throw new IllegalArgumentException("A REVOKE is for rights on one thing");
    }
    String privileges = rights.stream().map(Right::privilege).collect(Collectors.joining(", "));
    return "REVOKE "
        + privileges
        + " ON "
        + on.get(0).sql()
        + " FROM "
        + Identifiers.quote(principal);
  }

  /** For people: {@code USE SCHEMA on schema main.voc}. */
  @Override
  public String toString() {
    return privilege + " on " + on;
  }
}
