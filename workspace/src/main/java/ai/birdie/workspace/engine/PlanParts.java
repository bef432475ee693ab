package ai.birdie.workspace.engine;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.V2WriteCommand;
import scala.Product;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * All that a plan is made of. Spark's own lists of children leave out what a command only holds:
 * here nothing is left out but the table that a command writes to.
 */
final class PlanParts {
  private PlanParts() {}

  /**
   * The plans that this one holds itself, in whatever form; not what those hold, nor those of its
   * expressions.
   */
  static Set<LogicalPlan> plans(LogicalPlan plan) {
    Set<LogicalPlan> plans = Collections.newSetFromMap(new IdentityHashMap<>());
    plans.addAll(CollectionConverters.asJava(plan.children()));
    collect(CollectionConverters.asJava(plan.innerChildren()), plans);
    for (Object part : CollectionConverters.asJava(plan.productIterator().toList())) {
      collect(part, plans);
    }
    CollectionConverters.asJava(plan.subqueries()).forEach(plans::remove);
    if (plan instanceof V2WriteCommand write && write.table() instanceof LogicalPlan target) {
      plans.remove(target);
    }
    return plans;
  }

  /** The plans of subqueries in an expression itself; not in what it is made of. */
  static Set<LogicalPlan> plans(Expression expression) {
    return expression instanceof PlanExpression<?> subquery
            && subquery.plan() instanceof LogicalPlan plan
        ? Set.of(plan)
        : Set.of();
  }

  private static void collect(Object part, Set<LogicalPlan> plans) {
    switch (part) {
      case LogicalPlan plan -> plans.add(plan);
      case Expression expression -> {} // asked for apart
      case Iterable<?> several ->
          CollectionConverters.asJava(several).forEach(each -> collect(each, plans));
      case java.lang.Iterable<?> several -> several.forEach(each -> collect(each, plans));
      case scala.Option<?> maybe when maybe.isDefined() -> collect(maybe.get(), plans);
      case Product tuple when tuple.getClass().getName().startsWith("scala.Tuple") ->
          CollectionConverters.asJava(tuple.productIterator().toList())
              .forEach(each -> collect(each, plans));
      default -> {}
    }
  }
}
