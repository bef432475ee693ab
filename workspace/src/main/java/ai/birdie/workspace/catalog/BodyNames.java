package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Securable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.AnalysisContext;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.catalog.SQLFunction;
import org.apache.spark.sql.catalyst.catalog.UserDefinedFunction$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.internal.SQLConf;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Looks up names in a function's body where the function was made, not where it is called. Spark
 * does so for names of one part, along the path that a function brings; names of a schema and
 * something in it get the path's catalog here.
 */
final class BodyNames extends Rule<LogicalPlan> {
  /** What begins the name of a property that holds a setting for the body. */
  private static final String CONFIG = UserDefinedFunction$.MODULE$.SQL_CONFIG_PREFIX();

  private static final List<List<String>> SYSTEM = List.of(List.of("system", "builtin"));

  /** The properties of a function whose body's names are looked up in that schema. */
  static Map<String, String> lookedUpIn(Securable schema) {
    List<List<String>> path = new ArrayList<>(SYSTEM);
    path.add(schema.path());
    return Map.of(
        SQLFunction.FUNCTION_RESOLUTION_PATH(),
        CatalogManager.serializePathEntries(
            seq(path.stream().map(BodyNames::<String>seq).toList())),
        CONFIG + SQLConf.PATH_ENABLED().key(),
        "true",
        CONFIG + SQLConf.ANSI_ENABLED().key(),
        "true");
  }

  /** Whether Spark analyses a function's body; its own count of these leaves subqueries out. */
  static boolean isInBody() {
    return AnalysisContext.get().resolutionPathEntries().isDefined();
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    var path = AnalysisContext.get().resolutionPathEntries();
    return path.isEmpty() || path.get().isEmpty()
        ? plan
        : plan.transformUpWithSubqueries(new Plans(path.get().last().head()));
  }

  /** A name of two parts as one of three; all others as they are. */
  private static Seq<String> inCatalog(String catalog, Seq<String> name) {
    if (name.length() != 2) {
      return name;
    }
    return seq(List.of(catalog, name.apply(0), name.apply(1)));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  /** Relations, and whatever calls functions. */
  private static final class Plans extends AbstractPartialFunction<LogicalPlan, LogicalPlan> {
    private static final long serialVersionUID = 1L;

    private final String catalog;

    Plans(String catalog) {
      this.catalog = catalog;
    }

    @Override
    public boolean isDefinedAt(LogicalPlan plan) {
      return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      LogicalPlan named =
          plan instanceof UnresolvedRelation relation
              ? relation.copy(
                  inCatalog(catalog, relation.multipartIdentifier()),
                  relation.options(),
                  relation.isStreaming())
              : plan;
      return named.transformExpressionsUp(new Calls(catalog));
    }
  }

  /** Calls of functions. */
  private static final class Calls extends AbstractPartialFunction<Expression, Expression> {
    private static final long serialVersionUID = 1L;

    private final String catalog;

    Calls(String catalog) {
      this.catalog = catalog;
    }

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof UnresolvedFunction;
    }

    @Override
    public Expression apply(Expression expression) {
      UnresolvedFunction call = (UnresolvedFunction) expression;
      return call.copy(
          inCatalog(catalog, call.nameParts()),
          call.arguments(),
          call.isDistinct(),
          call.filter(),
          call.ignoreNulls(),
          call.orderingWithinGroup(),
          call.isInternal());
    }
  }
}
