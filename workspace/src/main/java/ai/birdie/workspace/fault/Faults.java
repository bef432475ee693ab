package ai.birdie.workspace.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The faults that are armed. They strike in the order in which they were armed, one a call.
 *
 * <p>Thread-safe.
 */
public final class Faults {
  /** How many can be armed at a time. */
  public static final int MOST = 100;

  /**
   * A fault, and how it has done.
   *
   * @param met how many calls it could have struck
   * @param struck how many it struck
   */
  public record Armed(String id, Fault fault, long met, long struck) {
    boolean isDone() {
      return struck >= fault.times();
    }

    private boolean strikesNext() {
      return met >= fault.skip() && !isDone();
    }

    private Armed afterCall(boolean hit) {
      return new Armed(id, fault, met + 1, struck + (hit ? 1 : 0));
    }

    private Armed givenBack() {
      return new Armed(id, fault, met - 1, struck - 1);
    }
  }

  /** That a call is struck: by which fault, and how. */
  public record Strike(String id, Effect effect) {}

  private final List<Armed> armed = new ArrayList<>();
  private long last;

  /** Arms one; empty when as many are armed as can be. */
  public synchronized Optional<Armed> arm(Fault fault) {
    armed.removeIf(old -> armed.size() >= MOST && old.isDone());
    if (armed.size() >= MOST) {
      return Optional.empty();
    }
    last++;
    Armed added = new Armed(Long.toString(last), fault, 0, 0);
    armed.add(added);
    return Optional.of(added);
  }

  /** Those that are armed, and those that have struck as often as they should. */
  public synchronized List<Armed> all() {
    return List.copyOf(armed);
  }

  /** Disarms one; false when there is none of that id. */
  public synchronized boolean disarm(String id) {
    return armed.removeIf(fault -> fault.id().equals(id));
  }

  /** Disarms all. */
  public synchronized void disarmAll() {
    armed.clear();
  }

  /** What strikes a call, if anything does. */
  public synchronized Optional<Strike> strike(Question question) {
    for (int i = 0; i < armed.size(); i++) {
      Armed candidate = armed.get(i);
      if (!candidate.isDone() && candidate.fault().choice().matches(question)) {
        boolean hit = candidate.strikesNext();
        armed.set(i, candidate.afterCall(hit));
        if (hit) {
          return Optional.of(new Strike(candidate.id(), candidate.fault().effect()));
        }
      }
    }
    return Optional.empty();
  }

  /** A strike that found nothing to change does not count. */
  public synchronized void giveBack(Strike strike) {
    armed.replaceAll(fault -> fault.id().equals(strike.id()) ? fault.givenBack() : fault);
  }
}
