package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Securable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The functions that CREATE FUNCTION made, by their names.
 *
 * <p>Thread-safe; every change is handed on before the method returns.
 */
public final class Routines {
  /**
   * A function of one SQL expression.
   *
   * @param parameters their names and types, as CREATE FUNCTION lists them; may be empty
   * @param returns the type of its value
   * @param body the expression
   * @param schema what was current when it was made, in which names of the body are looked up
   */
  public record Routine(String parameters, String returns, String body, Securable schema) {
    /** How many arguments it takes. */
    public int arity() {
      return columns().length();
    }

    /** Its body as a query with NULL for each argument, in which names are looked up as usual. */
    public LogicalPlan asQuery(Expression parsedBody) {
      List<NamedExpression> arguments = new ArrayList<>();
      for (StructField parameter : columns().fields()) {
        arguments.add(named(new Literal(null, parameter.dataType()), parameter.name()));
      }
      LogicalPlan row = new OneRowRelation();
      LogicalPlan given = arguments.isEmpty() ? row : new Project(seq(arguments), row);
      return new Project(
          seq(List.of(named(new Cast(parsedBody, type(), Option.empty()), "value"))), given);
    }

    private static NamedExpression named(Expression expression, String name) {
      return new Alias(
          expression,
          name,
          NamedExpression.newExprId(),
          seq(List.of()),
          Option.empty(),
          seq(List.of()));
    }

    private static <T> Seq<T> seq(List<T> list) {
      return CollectionConverters.asScala(list).toSeq();
    }

    StructType columns() {
      if (parameters.isBlank()) {
        return new StructType();
      }
      try {
        return CatalystSqlParser$.MODULE$.parseTableSchema(parameters);
      } catch (Exception e) {
        // Scala throws checked exceptions without declaring them.
        throw SparkTables.unchecked(e);
      }
    }

    DataType type() {
      try {
        return CatalystSqlParser$.MODULE$.parseDataType(returns);
      } catch (Exception e) {
        throw SparkTables.unchecked(e);
      }
    }
  }

  private final Map<Securable, Routine> routines;
  private final Consumer<Map<Securable, Routine>> onChange;

  Routines(Map<Securable, Routine> routines, Consumer<Map<Securable, Routine>> onChange) {
    this.routines = new HashMap<>(routines);
    this.onChange = onChange;
  }

  /** The function of that name. */
  public synchronized Optional<Routine> named(Securable function) {
    return Optional.ofNullable(routines.get(function));
  }

  /** Sets what a name stands for. */
  synchronized void put(Securable function, Routine routine) {
    routines.put(function, routine);
    onChange.accept(routines);
  }

  /** Forgets a function that is gone, or all that were in what is gone. */
  synchronized void forget(Securable gone) {
    if (routines.keySet().removeIf(function -> function.isWithin(gone))) {
      onChange.accept(routines);
    }
  }

  /** A schema's functions, by name. */
  public synchronized List<Securable> in(Securable schema) {
    return routines.keySet().stream()
        .filter(function -> function.isWithin(schema))
        .sorted(Comparator.comparing(Securable::name))
        .toList();
  }

  /** All functions. */
  synchronized Set<Securable> all() {
    return Set.copyOf(routines.keySet());
  }

  /** Whether there is none at all. */
  synchronized boolean isEmpty() {
    return routines.isEmpty();
  }
}
