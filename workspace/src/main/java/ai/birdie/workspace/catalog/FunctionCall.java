package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Securable;
import java.util.Optional;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.catalog.SQLFunction;

/**
 * A call of one of the workspace's functions, as Spark has written it out.
 *
 * @param function which
 * @param ofPolicy whether a row filter or a column mask calls it, not whoever runs the statement
 */
public record FunctionCall(Securable function, boolean ofPolicy) {
  /** The call of that function; empty where the function is none of a catalog's. */
  public static Optional<FunctionCall> of(SQLFunction function) {
    FunctionIdentifier name = function.name();
    return name.catalog().isEmpty() || name.database().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FunctionCall(
                Securable.function(name.catalog().get(), name.database().get(), name.funcName()),
                StoredFunction.isOfPolicy(function)));
  }
}
