package ai.birdie.workspace.transaction;

import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.catalog.Commits;
import ai.birdie.workspace.catalog.HeldCommit;
import ai.birdie.workspace.statement.Failure;
import ai.birdie.workspace.statement.Outcome;
import ai.birdie.workspace.statement.StatementRequest;
import ai.birdie.workspace.statement.StatementRunner;
import ai.birdie.workspace.storage.FolderTree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The transactions that are held open. Others commit meanwhile; one that is let go commits after
 * them, or fails where Delta finds that they conflict.
 *
 * <p>Thread-safe. Closing it abandons those that are still held, and waits for their end, but not
 * for long.
 */
public final class HeldTransactions implements AutoCloseable {
  /** How many can be held at a time. */
  public static final int MOST = 16;

  /** What came of a request to hold a statement. */
  public sealed interface Begun {
    /** It has done its work, and waits. */
    record Held(HeldTransaction transaction) implements Begun {}

    /** It ended without anything to commit. */
    record Ended(Outcome outcome) implements Begun {}

    /** As many are held as can be. */
    record TooMany() implements Begun {}
  }

  /** What came of a request to roll one back. */
  public enum RollBack {
    /** It has changed nothing. */
    DONE,
    /** It was let commit before. */
    COMMITS,
    /** None of that id is held. */
    NOT_HELD
  }

  private static final Outcome UNFINISHED =
      new Outcome.Failed(
          new Failure("INTERNAL_ERROR", "The statement could not be finished.", Optional.empty()));

  private final StatementRunner runner;
  private final Commits commits;
  private final Path folder;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final Duration patience;
  private final Semaphore places = new Semaphore(MOST);
  private final Map<String, HeldTransaction> held = new ConcurrentHashMap<>();
  private final ThreadFactory threads =
      Thread.ofPlatform().name("transaction-", 0).daemon().factory();

  /**
   * @param runner what runs their statements
   * @param commits what their statements are held at
   * @param folder for what their statements answer
   * @param ids a new id at each call
   * @param patience how long those are waited for that are held when it is closed
   */
  public HeldTransactions(
      StatementRunner runner,
      Commits commits,
      Path folder,
      InstantSource clock,
      Supplier<String> ids,
      Duration patience) {
    this.runner = runner;
    this.commits = commits;
    this.folder = folder;
    this.clock = clock;
    this.ids = ids;
    this.patience = patience;
  }

  /** Runs a statement up to its commit. */
  public Begun begin(Principal principal, StatementRequest request) throws InterruptedException {
    if (!places.tryAcquire()) {
      return new Begun.TooMany();
    }
    String id = ids.get();
    HeldCommit commit = commits.hold(id);
    HeldTransaction transaction =
        new HeldTransaction(id, request.text(), clock.instant(), commit, new CompletableFuture<>());
    held.put(id, transaction);
    threads.newThread(() -> run(principal, request, transaction)).start();
    await(CompletableFuture.anyOf(commit.reached(), transaction.outcome()));
    return transaction.outcome().isDone()
        ? new Begun.Ended(transaction.outcome().join())
        : new Begun.Held(transaction);
  }

  /** Those that are held. */
  public Collection<HeldTransaction> all() {
    return List.copyOf(held.values());
  }

  /** Lets one commit; empty when none of that id is held. */
  public Optional<Outcome> commit(String id) throws InterruptedException {
    HeldTransaction transaction = held.get(id);
    if (transaction == null) {
      return Optional.empty();
    }
    transaction.commit().release();
    await(transaction.outcome());
    return Optional.of(transaction.outcome().join());
  }

  /** Abandons one, unless it commits already. */
  public RollBack rollBack(String id) throws InterruptedException {
    HeldTransaction transaction = held.get(id);
    if (transaction == null) {
      return RollBack.NOT_HELD;
    }
    if (!transaction.commit().abandon()) {
      return RollBack.COMMITS;
    }
    await(transaction.outcome());
    return RollBack.DONE;
  }

  @Override
  public void close() {
    Collection<HeldTransaction> left = all();
    for (HeldTransaction transaction : left) {
      transaction.commit().abandon();
      runner.cancel(transaction.id());
    }
    CompletableFuture<?>[] outcomes =
        left.stream().map(HeldTransaction::outcome).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(outcomes)
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle((ended, late) -> true) // their threads keep no process
        .join();
  }

  private void run(Principal principal, StatementRequest request, HeldTransaction transaction) {
    String id = transaction.id();
    Path results = folder.resolve(id);
    Outcome outcome = UNFINISHED;
    try {
      outcome = runner.run(id, principal, request, results, () -> true);
    } finally {
      commits.forget(id);
      held.remove(id);
      places.release();
      transaction.outcome().complete(outcome);
      FolderTree.delete(results);
    }
  }

  private static void await(CompletableFuture<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
