package ai.birdie.workspace.engine;

import ai.birdie.workspace.access.AccessControl;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a principal that is not an administrator may run: statements that read, from tables and
 * views that it was granted.
 *
 * <p>It looks twice: at the parsed statement, since Spark runs commands as soon as it has analysed
 * them, and at the analysed query, since only that shows every relation.
 */
final class ReadGate {
  private static final Set<String> READING_COMMANDS =
      Set.of(
          "DescribeRelation",
          "DescribeTablePartition",
          "DescribeColumn",
          "DescribeFunction",
          "DescribeNamespace",
          "DescribeQueryCommand",
          "DescribeDeltaHistory",
          "DescribeDeltaDetailCommand",
          "DescribeRelationJsonCommand",
          "ExplainCommand",
          "ShowCatalogsCommand",
          "ShowColumns",
          "ShowCurrentNamespaceCommand",
          "ShowFunctions",
          "ShowNamespaces",
          "ShowTables",
          "ShowTableProperties",
          "ShowTablesExtended",
          "ShowTablePartition",
          "ShowViews");

  private static final Set<String> FUNCTIONS_OF_THE_HOST =
      Set.of("reflect", "java_method", "try_reflect");

  private final AccessControl access;

  ReadGate(AccessControl access) {
    this.access = access;
  }

  /** Refuses a parsed statement that does anything but read. */
  void checkParsed(LogicalPlan plan) {
    checkParsed(plan, true);
  }

  private void checkParsed(LogicalPlan plan, boolean mayBeCommand) {
    String sort = plan.getClass().getSimpleName();
    if ((plan instanceof Command || plan instanceof ParsedStatement)
        && !sort.equals("UnresolvedWith")
        && !READING_COMMANDS.contains(sort)) {
      throw SqlRefusal.insufficientPermissions(
          "User may only read; this statement is " + sort + ".");
    }
    if (sort.equals("ScriptTransformation")) {
      throw SqlRefusal.insufficientPermissions("User may not run programs of the host.");
    }
    if (mayBeCommand && sort.equals("PlanWithUnresolvedIdentifier")) {
      // What a name decides may turn out to be a command, which would run at once.
      throw SqlRefusal.insufficientPermissions("User may only read, and this statement may write.");
    }
    switch (plan) {
      case UnresolvedRelation relation -> checkName(strings(relation.multipartIdentifier()));
      case UnresolvedTableValuedFunction function -> checkFunction(strings(function.name()));
      default -> {}
    }
    boolean childMayBe =
        mayBeCommand && Set.of("UnresolvedWith", "Union", "CompoundBody").contains(sort);
    for (Object child : CollectionConverters.asJava(plan.children())) {
      checkParsed((LogicalPlan) child, childMayBe);
    }
    for (Object inner : CollectionConverters.asJava(plan.innerChildren())) {
      if (inner instanceof LogicalPlan innerPlan) {
        checkParsed(innerPlan, false);
      }
    }
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      checkParsed(expression);
    }
  }

  private void checkParsed(Expression expression) {
    if (expression instanceof UnresolvedFunction function) {
      checkFunction(strings(function.nameParts()));
    }
    boolean named =
        expression.getClass().getSimpleName().equals("ExpressionWithUnresolvedIdentifier");
    if (named && expression.children().size() > 1) {
      // With arguments it is a call, and which function's is only known when it may already have
      // run.
      throw SqlRefusal.insufficientPermissions("User may not call functions by IDENTIFIER.");
    }
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan plan) {
      checkParsed(plan, false);
    }
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      checkParsed(child);
    }
  }

  private static void checkFunction(List<String> nameParts) {
    String function = nameParts.getLast().toLowerCase(Locale.ROOT);
    if (FUNCTIONS_OF_THE_HOST.contains(function) || function.endsWith("_by_path")) {
      throw SqlRefusal.insufficientPermissions(
          "User does not have EXECUTE on Function '" + function + "'.");
    }
  }

  private static void checkName(List<String> nameParts) {
    boolean path = nameParts.size() == 2 && nameParts.getLast().contains("/");
    if (path) {
      throw SqlRefusal.insufficientPermissions("User does not have SELECT on any file.");
    }
  }

  /** Refuses an analysed query that reads what its principal was not granted. */
  void checkAnalyzed(Principal principal, LogicalPlan plan) {
    switch (plan) {
      case View view -> {
        requireSelect(principal, view.desc(), Securable.Kind.VIEW);
        return; // what is below it is read with its owner's rights
      }
      case LogicalRelation relation -> {
        if (relation.catalogTable().isEmpty()) {
          throw SqlRefusal.insufficientPermissions("User does not have SELECT on any file.");
        }
        requireSelect(principal, relation.catalogTable().get(), Securable.Kind.TABLE);
      }
      case DataSourceV2Relation relation -> checkRelation(principal, relation);
      default -> {}
    }
    for (Object child : CollectionConverters.asJava(plan.children())) {
      checkAnalyzed(principal, (LogicalPlan) child);
    }
    for (Object inner : CollectionConverters.asJava(plan.innerChildren())) {
      if (inner instanceof LogicalPlan innerPlan) {
        checkAnalyzed(principal, innerPlan);
      }
    }
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      checkAnalyzed(principal, expression);
    }
  }

  private void checkAnalyzed(Principal principal, Expression expression) {
    if (expression instanceof CallMethodViaReflection) {
      throw SqlRefusal.insufficientPermissions("User does not have EXECUTE on Function 'reflect'.");
    }
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan plan) {
      checkAnalyzed(principal, plan);
    }
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      checkAnalyzed(principal, child);
    }
  }

  private void checkRelation(Principal principal, DataSourceV2Relation relation) {
    if (relation.catalog().isEmpty() || relation.identifier().isEmpty()) {
      throw SqlRefusal.insufficientPermissions("User does not have SELECT on any file.");
    }
    var identifier = relation.identifier().get();
    if (identifier.namespace().length != 1) {
      throw SqlRefusal.insufficientPermissions("User does not have SELECT on " + identifier + ".");
    }
    access.require(
        principal,
        Privilege.SELECT,
        new Securable(
            Securable.Kind.TABLE,
            List.of(
                relation.catalog().get().name(), identifier.namespace()[0], identifier.name())));
  }

  private void requireSelect(Principal principal, CatalogTable table, Securable.Kind kind) {
    var name = table.identifier();
    if (name.catalog().isEmpty() || name.database().isEmpty()) {
      throw SqlRefusal.insufficientPermissions("User does not have SELECT on " + name + ".");
    }
    access.require(
        principal,
        Privilege.SELECT,
        new Securable(kind, List.of(name.catalog().get(), name.database().get(), name.table())));
  }

  private static List<String> strings(scala.collection.immutable.Seq<String> parts) {
    return List.copyOf(CollectionConverters.asJava(parts));
  }
}
