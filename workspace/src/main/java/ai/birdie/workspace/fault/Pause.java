package ai.birdie.workspace.fault;

import java.time.Duration;

/** Waits in the calling thread. */
@FunctionalInterface
public interface Pause {
  void of(Duration time) throws InterruptedException;
}
