package ai.birdie.databricks.privilege;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose a credential is.
 *
 * @param name by what grants know it: a user's name, or a service principal's application id
 * @param groups the groups that it is in, as far as the workspace tells them
 */
public record Identity(String name, List<String> groups) {

  /** The group of everybody in the account, whom grants in Unity Catalog may name. */
  public static final String EVERYBODY = "account users";

  /** The workspace's own group of its administrators. */
  public static final String ADMINISTRATORS = "admins";

  /** The workspace's own groups, which Unity Catalog does not know. */
  private static final Set<String> LOCAL_GROUPS = Set.of(ADMINISTRATORS, "users");

  public Identity {
    requireNonNull(name);
    groups = List.copyOf(groups);
  }

  /** Whether it is an administrator of the workspace. */
  public boolean isAdministrator() {
    return groups.contains(ADMINISTRATORS);
  }

  /** Whether that name is its own, or that of a group that it is in. */
  public boolean goesBy(String principal) {
    return isNamed(principal) || principal.equals(EVERYBODY) || groups.contains(principal);
  }

  /** Whether that name is its own. */
  public boolean isNamed(String principal) {
    return name.equalsIgnoreCase(principal);
  }

  /** The groups that may have rights in Unity Catalog, with that of everybody. */
  public List<String> accountGroups() {
    return Stream.concat(
            groups.stream().filter(group -> !LOCAL_GROUPS.contains(group)), Stream.of(EVERYBODY))
        .distinct()
        .toList();
  }
}
