package ai.birdie.databricks.http;

import ai.birdie.core.ingest.Traffic;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a run takes of its workspace. Safe for use by many threads. */
public final class Meter {

  private final AtomicLong statements = new AtomicLong();
  private final AtomicLong chunks = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private final AtomicLong linkRefreshes = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();

  /** The workspace knows of a statement. */
  public void statement() {
    statements.incrementAndGet();
  }

  /** A chunk is here whole. */
  public void chunk() {
    chunks.incrementAndGet();
  }

  /** So much came from the storage. */
  public void bytes(long more) {
    bytes.addAndGet(more);
  }

  /** Something that failed is tried again. */
  public void retry() {
    retries.incrementAndGet();
  }

  /** A link is asked for that was known before. */
  public void linkRefresh() {
    linkRefreshes.incrementAndGet();
  }

  /** A token is asked for. */
  public void token() {
    tokens.incrementAndGet();
  }

  /** What has been counted so far. */
  public Traffic traffic() {
    return new Traffic(
        statements.get(),
        chunks.get(),
        bytes.get(),
        retries.get(),
        linkRefreshes.get(),
        tokens.get());
  }
}
