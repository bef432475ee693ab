package ai.birdie.workspace.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What has been granted on which securable, as it was granted: inheritance and ownership are {@link
 * AccessControl}'s.
 *
 * <p>Thread-safe. Asking costs the same however many grants there are.
 */
public final class Grants {
  /** One right of one principal. */
  public record Grant(String principal, Privilege privilege, Securable securable) {}

  private final Map<Securable, TreeMap<String, EnumSet<Privilege>>> bySecurable = new HashMap<>();
  private final Consumer<List<Grant>> onChange;

  /**
   * @param initial what has been granted before
   * @param onChange told of all grants after each change, in the order of changes
   */
  public Grants(Collection<Grant> initial, Consumer<List<Grant>> onChange) {
    initial.forEach(this::add);
    this.onChange = onChange;
  }

  /** Grants; granting twice is no error. */
  public synchronized void grant(String principal, Privilege privilege, Securable on) {
    if (add(new Grant(principal, privilege, on))) {
      onChange.accept(all());
    }
  }

  /** Takes back; taking back what was not granted is no error. */
  public synchronized void revoke(String principal, Privilege privilege, Securable on) {
    Map<String, EnumSet<Privilege>> granted = bySecurable.get(on.asKey());
    if (granted != null
        && granted.getOrDefault(principal, EnumSet.noneOf(Privilege.class)).remove(privilege)) {
      granted.values().removeIf(Set::isEmpty);
      onChange.accept(all());
    }
  }

  /** Forgets all grants on securables that are gone. */
  public synchronized void forget(Predicate<Securable> gone) {
    if (bySecurable.keySet().removeIf(gone)) {
      onChange.accept(all());
    }
  }

  /** Grants on one securable what is granted on another. */
  public synchronized void copy(Securable from, Securable to) {
    TreeMap<String, EnumSet<Privilege>> granted = bySecurable.get(from.asKey());
    if (granted != null) {
      TreeMap<String, EnumSet<Privilege>> same = new TreeMap<>();
      granted.forEach((principal, privileges) -> same.put(principal, EnumSet.copyOf(privileges)));
      bySecurable.put(to.asKey(), same);
      onChange.accept(all());
    }
  }

  /** What a name has been granted on exactly that securable. */
  public synchronized Set<Privilege> of(String principal, Securable on) {
    Map<String, EnumSet<Privilege>> granted = bySecurable.get(on.asKey());
    return granted == null || !granted.containsKey(principal)
        ? Set.of()
        : Set.copyOf(granted.get(principal));
  }

  /** Who has been granted something on exactly that securable, by name. */
  public synchronized List<String> granteesOn(Securable on) {
    TreeMap<String, EnumSet<Privilege>> granted = bySecurable.get(on.asKey());
    return granted == null ? List.of() : List.copyOf(granted.keySet());
  }

  private boolean add(Grant grant) {
    return bySecurable
        .computeIfAbsent(grant.securable().asKey(), key -> new TreeMap<>())
        .computeIfAbsent(grant.principal(), name -> EnumSet.noneOf(Privilege.class))
        .add(grant.privilege());
  }

  private List<Grant> all() {
    List<Grant> all = new ArrayList<>();
    bySecurable.forEach((securable, granted) ->
        granted.forEach((principal, privileges) ->
            privileges.forEach(privilege -> all.add(new Grant(principal, privilege, securable)))));
    return all;
  }
}
