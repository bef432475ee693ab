package ai.birdie.workspace.dialect;

import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** A statement that the workspace answers itself, because Spark cannot. */
public interface OwnStatement {
  /**
   * The expressions that it keeps to be run later, as Spark parses them.
   *
   * @throws ai.birdie.workspace.access.SqlRefusal when it cannot be run
   */
  default List<Expression> expressions(PrincipalSession session) throws ParseException {
    return List.of();
  }

  /**
   * Runs it with the rights of the session's principal.
   *
   * @return its rows; without columns where it answers nothing
   * @throws ai.birdie.workspace.access.SqlRefusal when it may not, or cannot, be run
   */
  Dataset<Row> run(PrincipalSession session);
}
