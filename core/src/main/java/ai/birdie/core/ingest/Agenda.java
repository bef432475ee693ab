package ai.birdie.core.ingest;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.window.Window;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The windows that a run has still to land, in order, and how often it tries each. A window whose
 * result was lost is read anew, and one that is too large is read in parts.
 */
final class Agenda {

  private static final int MOST_ATTEMPTS = 3;
  private static final int PARTS = 4;
  private static final int MOST_PARTS = 1_000;

  private final Deque<Window> due;
  private final Map<Window, Long> rows = new HashMap<>();
  private int failures;

  Agenda(List<Window> windows) {
    this.due = new ArrayDeque<>(windows);
  }

  /** The window that is to be landed now; empty where nothing is left. */
  Optional<Window> next() {
    return Optional.ofNullable(due.peek());
  }

  /** Whether the window is not tried once more if it cannot be landed now. */
  boolean isLastAttempt() {
    return failures + 1 >= MOST_ATTEMPTS;
  }

  /** The window is durable, or nothing of it need be read. */
  void landed() {
    due.remove();
    failures = 0;
  }

  /**
   * Puts parts in the place of the window, if it has more rows than can be read at once and can be
   * cut.
   *
   * @param counted how many it has, if that was asked; else zero
   * @return whether it did
   */
  boolean cut(long counted, long atOnce) {
    long about = Math.max(counted, rows.getOrDefault(due.element(), 0L));
    rows.put(due.element(), about);
    return about > atOnce && replace((int) Math.min(MOST_PARTS, -Math.floorDiv(-about, atOnce)));
  }

  /**
   * The window could not be read; the next one is what may help.
   *
   * @return what is tried now, for people
   * @throws BirdieException {@code e} itself, where nothing may help
   */
  String recover(BirdieException e) {
    return switch (e.recovery()) {
      case NONE -> throw e;
      case ANEW -> anew(e);
      case IN_PARTS -> inParts(e);
    };
  }

  private String anew(BirdieException e) {
    if (++failures >= MOST_ATTEMPTS) {
      throw e;
    }
    return e.getMessage() + " The window is read anew.";
  }

  private String inParts(BirdieException e) {
    if (!replace(PARTS)) {
      throw e;
    }
    return e.getMessage() + " The window is read in " + PARTS + " parts.";
  }

  private boolean replace(int count) {
    List<Window> parts = due.element().in(count);
    if (parts.isEmpty()) {
      return false;
    }
    long about = rows.getOrDefault(due.remove(), 0L) / count;
    for (int i = parts.size() - 1; i >= 0; i--) {
      rows.put(parts.get(i), about);
      due.push(parts.get(i));
    }
    failures = 0;
    return true;
  }
}
