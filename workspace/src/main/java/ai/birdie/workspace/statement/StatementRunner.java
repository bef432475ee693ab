package ai.birdie.workspace.statement;

import ai.birdie.workspace.access.Principal;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Runs statements; the SQL engine, as statements see it. Thread-safe. */
public interface StatementRunner {
  /**
   * Runs one statement to its end.
   *
   * @param id by which it can be cancelled
   * @param folder where its result goes; made when needed, and deleted by the caller
   * @param wanted whether it still is to run; what it comes to does not count where it is not
   */
  Outcome run(
      String id,
      Principal principal,
      StatementRequest request,
      Path folder,
      BooleanSupplier wanted);

  /** Stops the statement of that id, which is no longer wanted, where it runs or waits to. */
  void cancel(String id);
}
