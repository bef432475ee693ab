package ai.birdie.workspace.statement;

import ai.birdie.workspace.access.Principal;
import java.nio.file.Path;

/** Runs statements; the SQL engine, as statements see it. Thread-safe. */
public interface StatementRunner {
  /**
   * Runs one statement to its end.
   *
   * @param id by which it can be cancelled
   * @param folder where its result goes; made when needed, and deleted by the caller
   */
  Outcome run(String id, Principal principal, StatementRequest request, Path folder);

  /** Stops the statement of that id, where it is running. */
  void cancel(String id);
}
