package ai.birdie.workspace.session;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Whose turn it is: one at a time, in the order in which they asked.
 *
 * <p>Thread-safe. Unlike a lock, it can be waited for only as long as somebody wants it.
 */
final class Turn {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Who has the turn, and behind it who waits. */
  private final Queue<Object> line = new ArrayDeque<>();

  /**
   * Waits for its turn, which {@link #end} ends; false, and nothing to end, when it is no longer
   * wanted.
   *
   * @param wanted asked at once, when the turn comes, and at each {@link #ask}
   */
  boolean begin(BooleanSupplier wanted) {
    Object place = new Object();
    lock.lock();
    try {
      line.add(place);
      while (wanted.getAsBoolean()) {
        if (place.equals(line.peek())) {
          return true;
        }
        changed.awaitUninterruptibly();
      }
      line.remove(place);
      changed.signalAll();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Begins one where nobody has it; false otherwise. */
  boolean beginIfFree() {
    lock.lock();
    try {
      return line.isEmpty() && line.add(new Object());
    } finally {
      lock.unlock();
    }
  }

  /** Ends the turn that was begun. */
  void end() {
    lock.lock();
    try {
      line.remove();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Has those that wait ask whether they are wanted. */
  void ask() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isTaken() {
    lock.lock();
    try {
      return !line.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
