package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.SQLFunctionExpression;
import org.apache.spark.sql.catalyst.catalog.SQLFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Left;

/**
 * A function of the workspace's, as Spark looks it up. Spark keeps SQL functions in its own catalog
 * alone, so this one only holds the place of a call until {@link GovernedReads} writes the call
 * out.
 */
final class StoredFunction implements UnboundFunction, ScalarFunction<Object> {
  private static final long serialVersionUID = 1L;

  /** The property of a call that a policy makes. */
  private static final String OF_POLICY = "workspace.policy";

  private final Securable name;
  private final StructType parameters;
  private final DataType returns;
  private final String body;
  private final Securable schema;

  StoredFunction(Securable name, Routines.Routine routine) {
    this.name = name;
    this.parameters = routine.columns();
    this.returns = routine.type();
    this.body = routine.body();
    this.schema = routine.schema();
  }

  /** A call of it by a statement, a view, or another function, for Spark to write out. */
  SQLFunctionExpression call(List<Expression> arguments) {
    return call(arguments, Map.of());
  }

  /** A call of it by a row filter or a column mask, which whoever reads the table need not own. */
  SQLFunctionExpression callOfPolicy(List<Expression> arguments) {
    return call(arguments, Map.of(OF_POLICY, "true"));
  }

  /** Whether a call is a row filter's or a column mask's. */
  static boolean isOfPolicy(SQLFunction function) {
    return function.properties().contains(OF_POLICY);
  }

  private SQLFunctionExpression call(List<Expression> arguments, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(BodyNames.lookedUpIn(schema));
    properties.putAll(more);
    SQLFunction function =
        new SQLFunction(
            new FunctionIdentifier(
                name.path().get(2),
                Option.apply(name.path().get(1)),
                Option.apply(name.path().get(0))),
            Option.apply(parameters),
            new Left<>(returns),
            Option.apply(body),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            false,
            scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(properties)),
            Option.empty(),
            0L);
    return new SQLFunctionExpression(
        name.fullName(),
        function,
        CollectionConverters.asScala(arguments).toSeq(),
        Option.apply(returns));
  }

  @Override
  public BoundFunction bind(StructType arguments) {
    if (arguments.length() != parameters.length()) {
      throw SqlRefusal.wrongArguments(name, parameters.length(), arguments.length());
    }
    return this;
  }

  @Override
  public DataType[] inputTypes() {
    return Stream.of(parameters.fields()).map(StructField::dataType).toArray(DataType[]::new);
  }

  @Override
  public DataType resultType() {
    return returns;
  }

  @Override
  public Object produceResult(InternalRow input) {
    throw new IllegalStateException(name.fullName() + " was not written out");
  }

  @Override
  public String name() {
    return name.fullName();
  }

  @Override
  public String description() {
    return name.fullName();
  }
}
