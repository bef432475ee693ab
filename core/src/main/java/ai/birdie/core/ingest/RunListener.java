package ai.birdie.core.ingest;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Plan;
import ai.birdie.core.window.Window;

/**
 * Told of what a run does, as it does it: for progress, logs, and metrics. Implementations neither
 * throw nor take long; {@link #rowsRead} and {@link #warning} may be called by any thread, and at
 * the same time as the rest.
 */
public interface RunListener {

  /** A listener that does nothing. */
  RunListener NONE = new RunListener() {};

  /** The run knows what it will read. */
  default void planned(Feed feed, Plan plan) {}

  /** A window is about to be read. */
  default void windowStarted(Feed feed, Window window) {}

  /** Rows were decoded; {@code bytes} is what was downloaded for them. */
  default void rowsRead(long rows, long bytes) {}

  /** A window is durable. */
  default void windowCommitted(Feed feed, Receipt receipt) {}

  /** Something happened that a person should know, and that did not stop the run. */
  default void warning(String message) {}
}
