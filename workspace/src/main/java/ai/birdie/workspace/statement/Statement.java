package ai.birdie.workspace.statement;

import ai.birdie.workspace.access.Principal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One statement, from its submission until it is forgotten.
 *
 * <p>Thread-safe. Its state only moves forward; whoever reaches a terminal state first wins.
 */
public final class Statement {
  /** Where a statement stands. */
  public enum State {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELED,
    CLOSED;

    /** Whether nothing more happens by itself. */
    public boolean isTerminal() {
      return this != PENDING && this != RUNNING;
    }
  }

  private final String id;
  private final long number;
  private final Principal principal;
  private final StatementRequest request;
  private final Path folder;
  private final InstantSource clock;
  private final Instant submittedAt;
  private final CompletableFuture<State> end = new CompletableFuture<>();

  private State state = State.PENDING;
  private OptionalLong rowsProduced = OptionalLong.empty();
  private Optional<Result> result = Optional.empty();
  private Optional<Failure> failure = Optional.empty();
  private Optional<Instant> endedAt = Optional.empty();

  Statement(
      String id,
      long number,
      Principal principal,
      StatementRequest request,
      Path folder,
      InstantSource clock) {
    this.id = id;
    this.number = number;
    this.principal = principal;
    this.request = request;
    this.folder = folder;
    this.clock = clock;
    this.submittedAt = clock.instant();
  }

  public String id() {
    return id;
  }

  /** Its place in the order of submission, which a clock that stands does not tell. */
  long number() {
    return number;
  }

  public Principal principal() {
    return principal;
  }

  public StatementRequest request() {
    return request;
  }

  public Instant submittedAt() {
    return submittedAt;
  }

  /** Where its result is kept. */
  Path folder() {
    return folder;
  }

  public synchronized State state() {
    return state;
  }

  /** Present when it succeeded, and its result is still kept. */
  public synchronized Optional<Result> result() {
    return result;
  }

  /** Present when it failed. */
  public synchronized Optional<Failure> failure() {
    return failure;
  }

  /** How many rows its result had; present when it succeeded, and after the result is gone. */
  public synchronized OptionalLong rowsProduced() {
    return rowsProduced;
  }

  public synchronized Optional<Instant> endedAt() {
    return endedAt;
  }

  /** Whether it is to run: false when it was cancelled before its turn. */
  synchronized boolean start() {
    if (state != State.PENDING) {
      return false;
    }
    state = State.RUNNING;
    return true;
  }

  /** Whether the outcome counts: false when it was cancelled before. */
  synchronized boolean finish(Outcome outcome) {
    if (state.isTerminal()) {
      return false;
    }
    switch (outcome) {
      case Outcome.Succeeded succeeded -> {
        result = Optional.of(succeeded.result());
        rowsProduced = OptionalLong.of(succeeded.result().rowCount());
        enter(State.SUCCEEDED);
      }
      case Outcome.Failed failed -> {
        failure = Optional.of(failed.failure());
        enter(State.FAILED);
      }
    }
    return true;
  }

  /** Whether it was still to run or running. */
  synchronized boolean cancel() {
    if (state.isTerminal()) {
      return false;
    }
    enter(State.CANCELED);
    return true;
  }

  /** Gives up the result; an unfinished statement is cancelled. */
  synchronized void close() {
    result = Optional.empty();
    enter(state.isTerminal() ? State.CLOSED : State.CANCELED);
  }

  /** Gives up the result, and stays what it was. */
  synchronized void dropResult() {
    result = Optional.empty();
  }

  /** Waits for the end, at most so long; returns earlier at the end. */
  void await(Duration atMost) throws InterruptedException {
    try {
      end.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // the caller asks for the state
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void enter(State terminal) {
    state = terminal;
    endedAt = endedAt.or(() -> Optional.of(clock.instant()));
    end.complete(terminal);
  }
}
