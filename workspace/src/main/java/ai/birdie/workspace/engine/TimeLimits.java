package ai.birdie.workspace.engine;

import ai.birdie.workspace.clock.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stops what runs longer than it may, by the workspace's clock. Thread-safe. */
final class TimeLimits {
  private final InstantSource clock;
  private final Pause pause;

  /**
   * @param pause between two looks at the clock
   */
  TimeLimits(InstantSource clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Watches something that begins now, until the watch is closed.
   *
   * @param stop run once, in another thread, when it has taken longer than the limit
   */
  Watch watch(Duration limit, Runnable stop) {
    Watch watch = new Watch(clock.instant().plus(limit), stop);
    Thread.ofVirtual().name("time-limit").start(watch::look);
    return watch;
  }

  /** Whether something takes too long, as long as it is not closed. */
  final class Watch implements AutoCloseable {
    private final Instant end;
    private final Runnable stop;
    private volatile boolean over = false;
    private volatile boolean closed = false;

    private Watch(Instant end, Runnable stop) {
      this.end = end;
      this.stop = stop;
    }

    /** Whether it was stopped. */
    boolean isOver() {
      return over;
    }

    @Override
    public void close() {
      closed = true;
    }

    private void look() {
      try {
        while (!closed && !clock.instant().isAfter(end)) {
          pause.pause();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (!closed) {
        over = true;
        stop.run();
      }
    }
  }
}
