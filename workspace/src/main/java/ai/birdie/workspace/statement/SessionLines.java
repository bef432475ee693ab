package ai.birdie.workspace.statement;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Gives statements threads, one to a session at a time, in the order in which they came; the others
 * of a session wait in line without a thread.
 *
 * <p>Thread-safe.
 */
final class SessionLines {
  private final Executor executor;
  private final Consumer<Statement> work;

  /** Each begins with the statement that has a thread, or is about to get one. */
  private final Map<String, Queue<Statement>> lines = new HashMap<>();

  /**
   * @param executor whose threads they get
   * @param work what is done with each
   */
  SessionLines(Executor executor, Consumer<Statement> work) {
    this.executor = executor;
    this.work = work;
  }

  /** Has a statement run when its turn comes. */
  synchronized void add(Statement statement) {
    Optional<String> session = statement.request().sessionId();
    if (session.isEmpty()) {
      executor.execute(() -> work.accept(statement));
      return;
    }
    Queue<Statement> line = lines.computeIfAbsent(session.get(), id -> new ArrayDeque<>());
    line.add(statement);
    if (line.size() == 1) {
      execute(session.get(), statement);
    }
  }

  /** Takes a statement out of its line; false where it has got its turn. */
  synchronized boolean remove(Statement statement) {
    String session = statement.request().sessionId().orElse("");
    Queue<Statement> line = lines.getOrDefault(session, new ArrayDeque<>());
    return !statement.equals(line.peek()) && line.remove(statement);
  }

  private void execute(String session, Statement statement) {
    executor.execute(() -> {
      try {
        work.accept(statement);
      } finally {
        next(session);
      }
    });
  }

  private synchronized void next(String session) {
    Queue<Statement> line = lines.getOrDefault(session, new ArrayDeque<>());
    line.remove();
    if (line.isEmpty()) {
      lines.remove(session);
    } else {
      execute(session, line.element());
    }
  }
}
