package ai.birdie.workspace.access;

/**
 * Who a request acts for.
 *
 * @param name a service principal's or a user's name
 * @param alias by what grants may name it too: a service principal's application id
 * @param role what it may do beyond what has been granted to it
 */
public record Principal(String name, String alias, Role role) {
  /** Whether grants count. */
  public enum Role {
    /** May run any statement on anything. */
    ADMIN,
    /** May read what was granted to it, and nothing else. */
    READER
  }

  public Principal {
    if (name.isBlank() || alias.isBlank()) {
      throw new IllegalArgumentException("a principal needs a name");
    }
  }

  /** A user, whom grants know by one name. */
  public static Principal user(String name, Role role) {
    return new Principal(name, name, role);
  }

  /** Whether a grant to that name is one to this principal. */
  boolean goesBy(String grantee) {
    return grantee.equals(name) || grantee.equals(alias);
  }

  /** Whether grants do not bind this principal. */
  public boolean isAdmin() {
    return role == Role.ADMIN;
  }
}
