package ai.birdie.workspace.catalog;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A statement's commit that waits, after all of its work and before it takes a version, until it is
 * let go.
 *
 * <p>Thread-safe.
 */
public final class HeldCommit {
  private enum Fate {
    COMMIT,
    ABANDON
  }

  private final CompletableFuture<Void> reached = new CompletableFuture<>();
  private final CompletableFuture<Fate> fate = new CompletableFuture<>();

  HeldCommit() {}

  /** Done when the statement has come as far as its commit. */
  public CompletableFuture<Void> reached() {
    return reached.copy();
  }

  /** Lets it commit, now or when it comes so far. */
  public void release() {
    fate.complete(Fate.COMMIT);
  }

  /** Has it fail, and change nothing; false when it was let go before. */
  public boolean abandon() {
    fate.complete(Fate.ABANDON);
    return fate.join() == Fate.ABANDON;
  }

  /**
   * Waits in the statement's thread.
   *
   * @throws IOException when it is abandoned
   */
  void pass() throws IOException {
    reached.complete(null);
    try {
      if (fate.get() == Fate.ABANDON) {
        throw new IOException("The transaction was rolled back.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The statement ended while its transaction was held.");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
