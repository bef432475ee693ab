package ai.birdie.databricks.result;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.ingest.RunListener;

/**
 * Whether results can be had from the cloud's storage, as far as a run has found out. A network
 * that reaches the workspace need not reach its storage, and a workspace may give out no links.
 * Safe for use by many threads.
 */
public final class Storage {

  private static final String FALLBACK =
      " Until then rows come inline, in small pieces, which is slower.";

  private final RunListener listener;
  private boolean reached;
  private boolean outOfReach;

  /** Tells {@code listener} once where it is out of reach. */
  public Storage(RunListener listener) {
    this.listener = listener;
  }

  /** Whether rows must come another way. */
  public synchronized boolean isOutOfReach() {
    return outOfReach;
  }

  /** Something was downloaded. */
  synchronized void reached() {
    reached = true;
  }

  /**
   * A download failed for good. Where none has ever succeeded, the storage is taken to be out of
   * reach from here.
   *
   * @return what is to be thrown: {@code e}, or an invitation to read the window anew
   */
  synchronized BirdieException failed(BirdieException e) {
    if (reached) {
      return e;
    }
    closed(e);
    return SourceException.lost(String.valueOf(e.getMessage()), e.remedy().orElse(""));
  }

  /** The workspace gives out no links, as {@code e} says. */
  public synchronized void closed(BirdieException e) {
    if (!outOfReach) {
      outOfReach = true;
      listener.warning(e.getMessage() + " " + e.remedy().orElse("") + FALLBACK);
    }
  }
}
