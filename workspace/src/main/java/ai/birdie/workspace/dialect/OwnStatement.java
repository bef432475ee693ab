package ai.birdie.workspace.dialect;

import ai.birdie.workspace.session.PrincipalSession;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A statement that the workspace answers itself, because Spark cannot. */
public interface OwnStatement {
  /**
   * Runs it with the rights of the session's principal.
   *
   * @return its rows; without columns where it answers nothing
   * @throws ai.birdie.workspace.access.SqlRefusal when it may not, or cannot, be run
   */
  Dataset<Row> run(PrincipalSession session);
}
