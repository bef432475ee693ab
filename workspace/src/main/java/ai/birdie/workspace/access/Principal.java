package ai.birdie.workspace.access;

/**
 * Who a request acts for.
 *
 * @param name by what grants name it: a user's name, a service principal's application id
 * @param displayName how people call it
 * @param kind its sort
 * @param role whether grants bind it
 */
public record Principal(String name, String displayName, Kind kind, Role role) {
  /** Sorts of principals. Groups sign in nowhere, but own. */
  public enum Kind {
    USER,
    SERVICE_PRINCIPAL,
    GROUP
  }

  /** Whether grants count. */
  public enum Role {
    /** May run any statement on anything. */
    ADMIN,
    /** May do what its grants and its ownership allow, and nothing else. */
    MEMBER
  }

  public Principal {
    if (name.isBlank() || displayName.isBlank()) {
      throw new IllegalArgumentException("a principal needs a name");
    }
  }

  /** A user, whose name is also shown. */
  public static Principal user(String name, Role role) {
    return new Principal(name, name, Kind.USER, role);
  }

  /** A service principal, which grants know by its application id. */
  public static Principal servicePrincipal(String applicationId, String displayName) {
    return new Principal(applicationId, displayName, Kind.SERVICE_PRINCIPAL, Role.MEMBER);
  }

  /** A group, as far as its own rights are asked for. */
  static Principal group(String name) {
    return new Principal(name, name, Kind.GROUP, Role.MEMBER);
  }

  /** Whether grants do not bind this principal. */
  public boolean isAdmin() {
    return role == Role.ADMIN;
  }
}
