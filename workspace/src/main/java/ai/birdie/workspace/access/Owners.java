package ai.birdie.workspace.access;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Who owns which securable, and who made it when.
 *
 * <p>Thread-safe.
 */
public final class Owners {
  /**
   * One securable's owner.
   *
   * @param owner a principal's or a group's name
   * @param createdBy who made it
   * @param createdAt when, in milliseconds since 1970
   */
  public record Owned(Securable securable, String owner, String createdBy, long createdAt) {}

  private final Map<Securable, Owned> owned = new HashMap<>();
  private final InstantSource clock;
  private final Consumer<List<Owned>> onChange;

  /**
   * @param initial who owns what already
   * @param clock when something is made
   * @param onChange told of all owners after each change, in the order of changes
   */
  public Owners(Collection<Owned> initial, InstantSource clock, Consumer<List<Owned>> onChange) {
    initial.forEach(each -> owned.put(each.securable(), each));
    this.clock = clock;
    this.onChange = onChange;
  }

  /** Something is new: who made it owns it. */
  public synchronized void created(Securable securable, Principal by) {
    Securable key = securable.asKey();
    owned.put(key, new Owned(key, by.name(), by.name(), clock.millis()));
    changed();
  }

  /** Things that nobody owns yet become somebody's. */
  public synchronized void adopt(Collection<Securable> all, Principal by) {
    for (Securable each : all) {
      Securable key = each.asKey();
      owned.putIfAbsent(key, new Owned(key, by.name(), by.name(), clock.millis()));
    }
    changed();
  }

  /** Something gets another owner. */
  public synchronized void transfer(Securable securable, String owner) {
    Securable key = securable.asKey();
    Owned before = owned.get(key);
    owned.put(
        key,
        before == null
            ? new Owned(key, owner, owner, clock.millis())
            : new Owned(key, owner, before.createdBy(), before.createdAt()));
    changed();
  }

  /** Gives something the owner of another, and its maker. */
  public synchronized void copy(Securable from, Securable to) {
    Owned before = owned.get(from.asKey());
    if (before != null) {
      Securable key = to.asKey();
      owned.put(key, new Owned(key, before.owner(), before.createdBy(), before.createdAt()));
      changed();
    }
  }

  /** Forgets securables that are gone. */
  public synchronized void forget(Predicate<Securable> gone) {
    if (owned.keySet().removeIf(gone)) {
      changed();
    }
  }

  /** Whose a securable is; empty for what is not there. */
  public synchronized Optional<Owned> of(Securable securable) {
    return Optional.ofNullable(owned.get(securable.asKey()));
  }

  private void changed() {
    onChange.accept(List.copyOf(owned.values()));
  }
}
