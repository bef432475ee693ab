package ai.birdie.workspace.rest;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets in only a few requests at once that have a large body: while it is read and understood, each
 * takes several times its size of the heap. Safe for use by many threads.
 */
final class LargeBodies {

  /** Smaller ones are let in as they come. */
  static final int LARGE = 1 << 20;

  private final Semaphore room;
  private final Duration patience;

  /**
   * Lets in {@code most} at once.
   *
   * @param patience how long another waits for one of them to leave
   */
  LargeBodies(int most, Duration patience) {
    this.room = new Semaphore(most);
    this.patience = patience;
  }

  /** Waits for room; whether there was any in time. Who has entered leaves. */
  boolean enter() {
    try {
      return room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void leave() {
    room.release();
  }
}
