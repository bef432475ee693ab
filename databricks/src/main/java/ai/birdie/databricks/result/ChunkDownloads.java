package ai.birdie.databricks.result;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.Recovery;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.statement.Chunk;
import ai.birdie.databricks.statement.ExternalLink;
import ai.birdie.databricks.statement.Statement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Downloads a result's chunks, several at once, and gives them out in order. Only so many are begun
 * ahead of the one that is read, and only while their bytes fit a budget: where nobody says how
 * large they are, none but the first until it has come. One that has begun is never held up, so
 * that no connection idles. Used by one thread at a time.
 */
final class ChunkDownloads implements AutoCloseable {

  /** As the vendor's drivers do. */
  private static final int MOST_ATTEMPTS = 5;

  private static final int MOST_REFRESHES = 3;

  /** Of the hour that a result is kept [databricks-api.md, 1.4]. */
  private static final Duration MOST_OF_ITS_LIFE = Duration.ofMinutes(30);

  private final Statement statement;
  private final Links links;
  private final Downloading how;
  private final long most;
  private final Deque<Pending> ahead = new ArrayDeque<>();
  private int begun;
  private long largest;
  private long came;
  private volatile boolean closed;

  ChunkDownloads(Statement statement, Links links, Downloading how) {
    this.statement = statement;
    this.links = links;
    this.how = how;
    this.most = how.pauses().deadline(MOST_OF_ITS_LIFE);
  }

  /** A chunk on its way, and how large it may be. */
  private record Pending(Future<List<PartBody>> bodies, long estimate) {}

  /**
   * The next chunk's parts, once they are here; empty after the last one.
   *
   * @throws BirdieException if it cannot be had
   */
  Optional<List<PartBody>> next() {
    begin();
    Pending head = ahead.peek();
    if (head == null) {
      return Optional.empty();
    }
    List<PartBody> bodies = await(head.bodies());
    count(bodies.stream().mapToLong(PartBody::size).sum());
    ahead.remove();
    begin();
    return Optional.of(bodies);
  }

  /** The manifest need not have said that it would be so much. */
  private void count(long size) {
    largest = Math.max(largest, size);
    came += size;
    if (came > how.windowBytes()) {
      throw DatabricksErrors.tooLarge(statement.request().purpose(), came);
    }
  }

  private void begin() {
    List<Chunk> chunks = statement.manifest().chunks();
    long estimated = ahead.stream().mapToLong(Pending::estimate).sum();
    while (begun < chunks.size() && ahead.size() <= how.parallel()) {
      Chunk chunk = chunks.get(begun);
      long estimate = largest > 0 ? largest : chunk.byteCount().orElse(how.bytesInFlight());
      if (!ahead.isEmpty() && estimated + estimate > how.bytesInFlight()) {
        return;
      }
      ahead.add(new Pending(how.threads().submit(() -> download(chunk)), estimate));
      estimated += estimate;
      begun++;
    }
  }

  private List<PartBody> await(Future<List<PartBody>> bodies) {
    try {
      return bodies.get();
    } catch (InterruptedException e) {
      throw DatabricksErrors.interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BirdieException known) {
        throw isTooLarge(known)
            ? DatabricksErrors.goneMeanwhile(statement.request().purpose())
            : known;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("A download failed", e.getCause());
    }
  }

  /** What was gone when a part of it had come, and time had passed, would be gone again. */
  private boolean isTooLarge(BirdieException e) {
    return e.recovery() == Recovery.ANEW && largest > 0 && how.pauses().passed(most);
  }

  private List<PartBody> download(Chunk chunk) {
    int failures = 0;
    int refreshes = 0;
    while (true) {
      Attempt attempt = new Attempt(links.of(chunk.index()));
      if (attempt.succeeds()) {
        how.meter().chunk();
        how.storage().reached();
        return attempt.bodies;
      }
      if (attempt.mayHaveExpired() && refreshes < MOST_REFRESHES) {
        refreshes++;
      } else if (closed
          || !attempt.mayPass()
          || ++failures >= MOST_ATTEMPTS
          || !how.pauses().beforeRetry(failures, Optional.empty())) {
        throw closed ? attempt.failure() : how.storage().failed(attempt.failure());
      } else {
        how.meter().retry();
      }
      links.forget(chunk.index());
    }
  }

  /** One attempt at all parts of a chunk. */
  private final class Attempt {

    private final List<PartBody> bodies = new ArrayList<>();
    private final List<ExternalLink> parts;
    private String host = "";
    private int status;
    private Optional<IOException> broken = Optional.empty();

    Attempt(List<ExternalLink> parts) {
      this.parts = parts;
    }

    /** Makes the attempt. */
    boolean succeeds() {
      long deadline = how.pauses().deadline(how.limit());
      for (ExternalLink link : parts) {
        host = how.client().host(link.url());
        PartBody body = new PartBody(link.part(), how.segments());
        bodies.add(body);
        try {
          status =
              how.client()
                  .fetch(
                      link.url(),
                      link.headers(),
                      in ->
                          body.fill(
                              in, how.chunkBytes(), () -> closed || how.pauses().passed(deadline)));
        } catch (IOException e) {
          broken = Optional.of(e);
        }
        how.meter().bytes(body.size());
        if (broken.isPresent() || status != 200) {
          bodies.forEach(PartBody::free);
          return false;
        }
      }
      return true;
    }

    boolean mayHaveExpired() {
      return broken.isEmpty() && (status == 400 || status == 401 || status == 403 || isMissing());
    }

    private boolean isMissing() {
      return status == 404 || status == 410;
    }

    boolean mayPass() {
      return broken.isPresent() || status == 408 || status == 409 || status == 429 || status >= 500;
    }

    BirdieException failure() {
      String purpose = statement.request().purpose();
      if (broken.isPresent()) {
        return DatabricksErrors.storageUnreachable(host, purpose, broken.get());
      }
      if (mayPass()) {
        return DatabricksErrors.storageFailed(host, purpose, status);
      }
      return isMissing()
          ? DatabricksErrors.storageLost(host, purpose)
          : DatabricksErrors.storageRefused(host, purpose, status);
    }
  }

  /** Stops what is on its way, and gives back its memory. */
  @Override
  public void close() {
    closed = true;
    for (Pending pending : ahead) {
      if (!pending.bodies().cancel(false) || pending.bodies().isDone()) {
        free(pending.bodies());
      }
    }
    ahead.clear();
  }

  private static void free(Future<List<PartBody>> bodies) {
    if (bodies.isCancelled()) {
      return;
    }
    try {
      bodies.get().forEach(PartBody::free);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | CancellationException e) {
      // it has freed its own
    }
  }
}
