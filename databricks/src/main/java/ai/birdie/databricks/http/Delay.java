package ai.birdie.databricks.http;

import java.time.Duration;

/** Waits. Safe for use by many threads. */
@FunctionalInterface
public interface Delay {

  /** Returns after {@code pause}, which is not negative. */
  void pause(Duration pause) throws InterruptedException;
}
