package ai.birdie.workspace.access;

/**
 * Who a request acts for.
 *
 * @param name as grants name it: a service principal's or a user's name
 * @param role what it may do beyond what has been granted to it
 */
public record Principal(String name, Role role) {
  /** Whether grants count. */
  public enum Role {
    /** May run any statement on anything. */
    ADMIN,
    /** May read what was granted to it, and nothing else. */
    READER
  }

  public Principal {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a principal needs a name");
    }
  }

  /** Whether grants do not bind this principal. */
  public boolean isAdmin() {
    return role == Role.ADMIN;
  }
}
