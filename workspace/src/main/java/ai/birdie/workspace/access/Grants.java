package ai.birdie.workspace.access;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Who may do what on which securable. A grant on a catalog or a schema holds for all below it.
 *
 * <p>Thread-safe.
 */
public final class Grants {
  /** The catalog in which SELECT alone suffices, as in workspaces without Unity Catalog. */
  public static final String LEGACY_CATALOG = "hive_metastore";

  /** One right of one principal. */
  public record Grant(String principal, Privilege privilege, String securable) {}

  private final Set<Grant> grants;
  private final Consumer<Set<Grant>> onChange;

  /**
   * @param initial what has been granted before
   * @param onChange told of all grants after each change, in the order of changes
   */
  public Grants(Set<Grant> initial, Consumer<Set<Grant>> onChange) {
    this.grants = new HashSet<>(initial);
    this.onChange = onChange;
  }

  /** Grants; granting twice is no error. */
  public synchronized void grant(String principal, Privilege privilege, Securable on) {
    if (grants.add(new Grant(principal, privilege, on.key()))) {
      onChange.accept(Set.copyOf(grants));
    }
  }

  /** Takes back; taking back what was not granted is no error. */
  public synchronized void revoke(String principal, Privilege privilege, Securable on) {
    if (grants.remove(new Grant(principal, privilege, on.key()))) {
      onChange.accept(Set.copyOf(grants));
    }
  }

  /** Forgets all grants on a securable that is gone. */
  public synchronized void forget(Securable gone) {
    String below = gone.key() + ".";
    if (grants.removeIf(
        grant -> grant.securable().equals(gone.key()) || grant.securable().startsWith(below))) {
      onChange.accept(Set.copyOf(grants));
    }
  }

  /**
   * Refuses a principal that may not read a table or view.
   *
   * @throws SqlRefusal naming the right that is missing, the outermost first
   */
  public synchronized void requireSelect(Principal principal, Securable relation) {
    if (principal.isAdmin()) {
      return;
    }
    List<String> path = relation.path();
    Securable catalog = Securable.catalog(path.get(0));
    Securable schema = Securable.schema(path.get(0), path.get(1));
    if (!path.get(0).equals(LEGACY_CATALOG)) {
      require(principal, Privilege.USE_CATALOG, catalog, List.of(catalog));
      require(principal, Privilege.USE_SCHEMA, schema, List.of(schema, catalog));
    }
    require(principal, Privilege.SELECT, relation, List.of(relation, schema, catalog));
  }

  private void require(
      Principal principal, Privilege privilege, Securable named, List<Securable> anyOf) {
    Set<String> keys = anyOf.stream().map(Securable::key).collect(Collectors.toSet());
    boolean granted =
        grants.stream()
            .filter(grant -> grant.privilege() == privilege)
            .filter(grant -> principal.goesBy(grant.principal()))
            .anyMatch(grant -> keys.contains(grant.securable()));
    if (!granted) {
      throw SqlRefusal.insufficientPermissions(
          "User does not have " + privilege.sql() + " on " + named.described() + ".");
    }
  }
}
