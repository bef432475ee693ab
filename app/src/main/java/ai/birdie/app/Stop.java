package ai.birdie.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What becomes of a command that is told to stop, by Ctrl-C or by SIGTERM: it is interrupted, so
 * that it gives up its window and cancels what it runs at the source, and the process waits for
 * that, but not for long.
 */
final class Stop {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Thread command;
  private final CountDownLatch finished = new CountDownLatch(1);

  private Stop(Thread command) {
    this.command = command;
  }

  /** Has the thread's command stop in good order when the process is told to end. */
  static Stop of(Thread command) {
    Stop stop = new Stop(command);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::stop, "birdie-stop"));
    return stop;
  }

  /** The command has ended by itself. */
  void finished() {
    finished.countDown();
  }

  private void stop() {
    if (finished.getCount() == 0) {
      return;
    }
    command.interrupt();
    try {
      if (!finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("birdie: stopped in the middle of its work.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
