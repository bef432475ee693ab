package ai.birdie.workspace.engine;

import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.statement.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.analysis.NameParameterizedQuery$;
import org.apache.spark.sql.catalyst.analysis.PosParameterizedQuery;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/** Parameters as Spark binds them: constants, cast from text to the type that the request names. */
final class Arguments {
  private Arguments() {}

  /**
   * The plan in which the parameters stand where their markers are.
   *
   * @throws SqlRefusal for a type that is not one of a parameter, and for markers of both sorts
   * @throws RuntimeException Spark's own, where a text cannot be cast, or does not parse
   */
  static LogicalPlan bind(LogicalPlan parsed, List<Parameter> parameters, String zone) {
    Map<String, Expression> named = new HashMap<>();
    SortedMap<Integer, Expression> positional = new TreeMap<>();
    for (Parameter parameter : parameters) {
      Literal argument = literal(parameter, zone);
      switch (parameter.marker()) {
        case Parameter.Named(String name) -> named.put(name, argument);
        case Parameter.Positional(int ordinal) -> positional.put(ordinal, argument);
      }
    }
    if (parameters.isEmpty()) {
      return parsed;
    }
    if (positional.isEmpty()) {
      return NameParameterizedQuery$.MODULE$.apply(
          parsed, Map$.MODULE$.from(CollectionConverters.asScala(named)));
    }
    if (!named.isEmpty() || positional.lastKey() != positional.size()) {
      throw SqlRefusal.invalidParameter(
          "Parameters must all have names, or all have the ordinals from 1 on.");
    }
    return new PosParameterizedQuery(
        parsed, CollectionConverters.asScala(List.copyOf(positional.values())).toSeq());
  }

  private static Literal literal(Parameter parameter, String zone) {
    DataType type = type(parameter);
    Optional<String> value = parameter.value();
    return new Literal(value.map(text -> cast(text, type, zone)).orElse(null), type);
  }

  private static @Nullable Object cast(String text, DataType type, String zone) {
    Literal source = new Literal(UTF8String.fromString(text), DataTypes.StringType);
    boolean ansi = true;
    return Cast$.MODULE$.apply(source, type, Option.apply(zone), ansi).eval(null);
  }

  private static DataType type(Parameter parameter) {
    DataType type;
    try {
      type = CatalystSqlParser$.MODULE$.parseDataType(parameter.type());
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      throw SqlRefusal.invalidParameter(
          "Parameter '" + parameter.marker() + "' has an unknown type: " + parameter.type() + ".");
    }
    if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
      throw SqlRefusal.invalidParameter(
          "Parameter '" + parameter.marker() + "' cannot be of the type " + parameter.type() + ".");
    }
    return type;
  }
}
