package ai.birdie.workspace.dialect;

import ai.birdie.workspace.session.PrincipalSession;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A statement that the workspace answers itself, because Spark cannot. */
public interface OwnStatement {
  /**
   * What it keeps to be run later, as a query that Spark has parsed: its principal must have the
   * rights for it now.
   *
   * @throws ai.birdie.workspace.access.SqlRefusal when it cannot be run
   */
  default Optional<LogicalPlan> kept(PrincipalSession session) {
    return Optional.empty();
  }

  /**
   * Runs it with the rights of the session's principal.
   *
   * @return its rows; without columns where it answers nothing
   * @throws ai.birdie.workspace.access.SqlRefusal when it may not, or cannot, be run
   */
  Dataset<Row> run(PrincipalSession session);
}
