package ai.birdie.workspace.statement;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.storage.FolderTree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * All statements of the workspace: queued, run, and kept for a while.
 *
 * <p>Thread-safe. Results are kept for an hour, statuses for twelve, and less where there are very
 * many; a full queue refuses. Closing cancels what runs.
 */
public final class Statements implements AutoCloseable {
  /** How many statements may wait for their turn. */
  public static final int QUEUE_LENGTH = 1000;

  private static final int AT_ONCE = 10;
  private static final int MOST_KEPT = 20_000;
  private static final long MOST_TEXT_WAITING = 128L * 1024 * 1024;
  private static final long MOST_TEXT_KEPT = 64L * 1024 * 1024;
  private static final long MOST_BYTES_KEPT = 16L * 1024 * 1024 * 1024;
  private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);
  private static final int MOST_BETWEEN_SWEEPS = 100;
  private static final long MOST_TEXT_BETWEEN_SWEEPS = MOST_TEXT_KEPT / 2;
  private static final Duration RESULT_KEPT = Duration.ofHours(1);
  private static final Duration STATUS_KEPT = Duration.ofHours(12);

  /** What a statement came to whose thread died, as it does when memory runs out. */
  private static final Outcome UNFINISHED =
      new Outcome.Failed(
          new Failure("INTERNAL_ERROR", "The statement could not be finished.", Optional.empty()));

  private final StatementRunner runner;
  private final Path folder;
  private final InstantSource clock;
  private final Warehouse warehouse;
  private final Supplier<String> ids;
  private final ThreadPoolExecutor executor;
  private final SessionLines lines;
  private final Semaphore places = new Semaphore(AT_ONCE + QUEUE_LENGTH);
  private final Map<String, Statement> statements = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> sweptAt = new AtomicReference<>(Instant.MIN);
  private final AtomicLong submitted = new AtomicLong();
  private final AtomicLong unswept = new AtomicLong();
  private final AtomicLong unsweptText = new AtomicLong();

  /**
   * @param runner what runs them
   * @param folder where their results go
   * @param warehouse which they wait for
   * @param clock by which they are forgotten
   * @param ids a new id at each call
   */
  public Statements(
      StatementRunner runner,
      Path folder,
      Warehouse warehouse,
      InstantSource clock,
      Supplier<String> ids) {
    this.runner = runner;
    this.folder = folder;
    this.clock = clock;
    this.warehouse = warehouse;
    this.ids = ids;
    this.executor =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(), // no longer than there are places
            Thread.ofPlatform().name("statement-", 0).daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // of what comes when it is closed
    this.lines = new SessionLines(executor, this::run);
  }

  /**
   * Takes a statement, starts the warehouse for it, and waits for its end as long as the request
   * says.
   *
   * @throws RejectedExecutionException when too many wait already
   */
  public Statement submit(Principal principal, StatementRequest request)
      throws InterruptedException {
    forgetOld();
    refuseTooMuch(request);
    if (!places.tryAcquire()) {
      throw new RejectedExecutionException("too many statements wait already");
    }
    warehouse.start();
    String id = ids.get();
    Statement statement =
        new Statement(
            id, submitted.incrementAndGet(), principal, request, folder.resolve(id), clock);
    unswept.incrementAndGet();
    unsweptText.addAndGet(request.text().length());
    statements.put(id, statement);
    lines.add(statement);
    statement.await(request.waitTimeout());
    if (!request.waitTimeout().isZero()
        && !statement.state().isTerminal()
        && request.onWaitTimeout() == StatementRequest.OnWaitTimeout.CANCEL) {
      cancel(statement);
    }
    return statement;
  }

  /** The statement of that id; a principal sees its own, an administrator all. */
  public Optional<Statement> find(Principal principal, String id) {
    forgetOld();
    return Optional.ofNullable(statements.get(id)).filter(found -> maySee(principal, found));
  }

  /** What a principal has run, and an administrator what all have, newest first. */
  public List<Statement> history(Principal principal) {
    forgetOld();
    return statements.values().stream()
        .filter(statement -> maySee(principal, statement))
        .sorted(
            Comparator.comparing(Statement::submittedAt)
                .thenComparingLong(Statement::number)
                .reversed())
        .toList();
  }

  /** The result of a statement, whoever holds its id; for links, which carry their own right. */
  public Optional<Result> result(String id) {
    return Optional.ofNullable(statements.get(id)).flatMap(Statement::result);
  }

  /** Cancels what has not ended; does nothing otherwise. */
  public void cancel(Statement statement) {
    if (statement.cancel()) {
      runner.cancel(statement.id());
      if (lines.remove(statement)) {
        places.release();
      }
    }
  }

  /** Gives up a statement's result. */
  public void close(Statement statement) {
    cancel(statement);
    statement.close();
    FolderTree.delete(statement.folder());
  }

  @Override
  public void close() {
    executor.shutdownNow();
    statements.values().forEach(this::cancel);
  }

  private static boolean maySee(Principal principal, Statement statement) {
    return principal.isAdmin() || statement.principal().equals(principal);
  }

  /** A queue of a thousand statements of 16 MiB would not fit into memory. */
  private void refuseTooMuch(StatementRequest request) {
    long waiting =
        statements.values().stream()
            .filter(statement -> !statement.state().isTerminal())
            .mapToLong(statement -> statement.request().text().length())
            .sum();
    if (waiting + request.text().length() > MOST_TEXT_WAITING) {
      throw new RejectedExecutionException("too much text waits already");
    }
  }

  private void run(Statement statement) {
    try {
      runUnlessCancelled(statement);
    } finally {
      places.release();
    }
  }

  private void runUnlessCancelled(Statement statement) {
    try {
      warehouse.awaitFor(statement);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel(statement);
    }
    if (!statement.start()) {
      return;
    }
    Outcome outcome = UNFINISHED;
    try {
      outcome =
          runner.run(
              statement.id(),
              statement.principal(),
              statement.request(),
              statement.folder(),
              () -> !statement.state().isTerminal());
    } finally {
      finish(statement, outcome);
    }
  }

  private static void finish(Statement statement, Outcome outcome) {
    if (!statement.finish(outcome)) {
      FolderTree.delete(statement.folder());
    }
  }

  private void forgetOld() {
    Instant now = clock.instant();
    Instant last = sweptAt.get();
    if (isFresh(last, now) || !sweptAt.compareAndSet(last, now)) {
      return;
    }
    unswept.set(0);
    unsweptText.set(0);
    List<Statement> newestFirst =
        statements.values().stream()
            .filter(statement -> statement.endedAt().isPresent())
            .sorted(
                Comparator.comparing(Statements::end)
                    .thenComparingLong(Statement::number)
                    .reversed())
            .toList();
    long bytes = 0;
    long text = 0;
    int kept = 0;
    for (Statement statement : newestFirst) {
      bytes += statement.result().map(Result::byteCount).orElse(0L);
      text += statement.request().text().length();
      kept++;
      if (end(statement).plus(RESULT_KEPT).isBefore(now) || bytes > MOST_BYTES_KEPT) {
        forgetResult(statement);
      }
      if (end(statement).plus(STATUS_KEPT).isBefore(now)
          || kept > MOST_KEPT
          || text > MOST_TEXT_KEPT) {
        forgetResult(statement);
        statements.remove(statement.id());
      }
    }
  }

  /** The clock may have stood still, or gone back: then it is what came since that counts. */
  private boolean isFresh(Instant last, Instant now) {
    return unswept.get() < MOST_BETWEEN_SWEEPS
        && unsweptText.get() < MOST_TEXT_BETWEEN_SWEEPS
        && last.isAfter(now.minus(BETWEEN_SWEEPS))
        && last.isBefore(now.plus(BETWEEN_SWEEPS));
  }

  private static Instant end(Statement statement) {
    return statement.endedAt().orElse(Instant.MAX);
  }

  private static void forgetResult(Statement statement) {
    if (statement.result().isPresent()) {
      statement.dropResult();
      FolderTree.delete(statement.folder());
    }
  }
}
