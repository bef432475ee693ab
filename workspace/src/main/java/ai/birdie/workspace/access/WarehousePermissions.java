package ai.birdie.workspace.access;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who may do what with the SQL warehouse. Apart from grants: no SQL reaches them.
 *
 * <p>Thread-safe.
 */
public final class WarehousePermissions {
  /** What one may do; each includes those before it, but for monitoring, which is no use. */
  public enum Level {
    CAN_VIEW,
    CAN_MONITOR,
    CAN_USE,
    CAN_MANAGE,
    IS_OWNER
  }

  private final Principals principals;
  private final NavigableMap<String, Level> levels;
  private final Consumer<Map<String, Level>> onChange;

  /**
   * @param initial the levels by the principal's or group's name
   * @param onChange told of all levels after each change, in the order of changes
   */
  public WarehousePermissions(
      Principals principals, Map<String, Level> initial, Consumer<Map<String, Level>> onChange) {
    this.principals = principals;
    this.levels = new TreeMap<>(initial);
    this.onChange = onChange;
  }

  /** Those of a new workspace: its built-in principals may use the warehouse. */
  public static Map<String, Level> first(Credentials credentials) {
    return Map.of(
        Principals.ADMIN,
        Level.IS_OWNER,
        Principals.READER,
        Level.CAN_USE,
        credentials.clientId(),
        Level.CAN_USE);
  }

  /** Whether a principal may see that there is the warehouse. */
  public boolean maySee(Principal principal) {
    return reaches(principal, Level.CAN_VIEW);
  }

  /** Whether a principal may run statements. */
  public boolean mayUse(Principal principal) {
    return reaches(principal, Level.CAN_USE);
  }

  /** Whether a principal may see and change these permissions. */
  public boolean mayManage(Principal principal) {
    return reaches(principal, Level.CAN_MANAGE);
  }

  /** The levels that were given, by name. */
  public synchronized NavigableMap<String, Level> levels() {
    return new TreeMap<>(levels);
  }

  /** Whose it is. */
  public synchronized Optional<String> owner() {
    return levels.entrySet().stream()
        .filter(entry -> entry.getValue() == Level.IS_OWNER)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Gives levels to some, and leaves the others as they are. A new owner takes the old one's place.
   */
  public synchronized void update(Map<String, Level> changes) {
    if (changes.containsValue(Level.IS_OWNER)) {
      levels.values().removeIf(level -> level == Level.IS_OWNER);
    }
    levels.putAll(changes);
    onChange.accept(levels());
  }

  /** Gives levels to these, and takes those of all others; the owner stays where none is named. */
  public synchronized void replace(Map<String, Level> all) {
    levels.values().removeIf(level -> level != Level.IS_OWNER);
    update(all);
  }

  private synchronized boolean reaches(Principal principal, Level wanted) {
    return principal.isAdmin()
        || principals.identities(principal).stream()
            .map(levels::get)
            .anyMatch(level -> level != null && level.compareTo(wanted) >= 0);
  }
}
