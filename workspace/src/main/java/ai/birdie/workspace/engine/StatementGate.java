package ai.birdie.workspace.engine;

import ai.birdie.workspace.access.AccessControl;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.FunctionCall;
import ai.birdie.workspace.catalog.TablePolicies;
import ai.birdie.workspace.catalog.WorkspaceCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.ResolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.ResolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.ResolvedTable;
import org.apache.spark.sql.catalyst.analysis.SQLScalarFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExecuteImmediate;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.V2WriteCommand;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.delta.catalog.DeltaTableV2;
import org.apache.spark.sql.execution.command.ResetCommand;
import org.apache.spark.sql.execution.command.SetCommand;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a principal may run, before any of it runs.
 *
 * <p>It looks twice: at the parsed statement, for what nobody but an administrator may say at all,
 * and at the analysed one, since only that shows every relation, and whose rights it is read with.
 * What creates, alters, or drops is refused by the catalog, when it is asked to.
 */
final class StatementGate {
  private static final Set<String> FUNCTIONS_OF_THE_HOST =
      Set.of("reflect", "java_method", "try_reflect");

  /** What answers values of a table's columns without reading its rows. */
  private static final Set<String> SHOWING_PARTITIONS =
      Set.of(
          "DescribeTablePartition",
          "ShowDeltaPartitionsCommand",
          "ShowPartitions",
          "ShowTablePartition");

  private final AccessControl access;
  private final TablePolicies policies;

  StatementGate(AccessControl access, TablePolicies policies) {
    this.access = access;
    this.policies = policies;
  }

  /** Refuses a parsed statement that is only for administrators, whatever it is on. */
  void checkParsed(LogicalPlan plan) {
    requireKnown(plan);
    String sort = plan.getClass().getSimpleName();
    if (sort.equals("ScriptTransformation")) {
      throw SqlRefusal.insufficientPermissions("User may not run programs of the host.");
    }
    if (sort.contains("PathBased") || sort.contains("DataSource")) {
      throw anyFile();
    }
    switch (plan) {
      case UnresolvedRelation named -> checkName(strings(named.multipartIdentifier()));
      case UnresolvedTable named -> checkName(strings(named.multipartIdentifier()));
      case UnresolvedTableOrView named -> checkName(strings(named.multipartIdentifier()));
      case UnresolvedIdentifier named -> checkName(strings(named.nameParts()));
      case UnresolvedTableValuedFunction function -> checkFunction(strings(function.name()));
      default -> {}
    }
    PlanParts.plans(plan).forEach(this::checkParsed);
    CollectionConverters.asJava(plan.expressions()).forEach(this::checkParsed);
  }

  /** Refuses a parsed expression that holds what is only for administrators. */
  void checkParsed(Expression expression) {
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
    PlanParts.plans(expression).forEach(this::checkParsed);
    CollectionConverters.asJava(expression.children()).forEach(this::checkParsed);
  }

  /**
   * Refuses an analysed statement that does what its principal may not, or that reads a view or
   * calls a function whose owner may not.
   */
  void checkAnalyzed(Principal principal, LogicalPlan plan) {
    if (plan instanceof View view) {
      Securable name = securable(Securable.Kind.VIEW, view.desc().identifier());
      access.require(principal, Privilege.SELECT, name);
      checkAnalyzed(access.ownerOf(name), view.child());
      return;
    }
    refuseHistory(plan);
    if (!principal.isAdmin()) {
      requireKnown(plan);
      checkItself(principal, plan);
    }
    PlanParts.plans(plan).forEach(part -> checkAnalyzed(principal, part));
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      checkAnalyzed(principal, expression);
    }
  }

  private void checkAnalyzed(Principal principal, Expression expression) {
    if (expression instanceof CallMethodViaReflection && !principal.isAdmin()) {
      throw SqlRefusal.insufficientPermissions("User does not have EXECUTE on Routine 'reflect'.");
    }
    Principal runsAs =
        expression instanceof SQLScalarFunction call ? runsAs(principal, call) : principal;
    PlanParts.plans(expression).forEach(part -> checkAnalyzed(principal, part));
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      checkAnalyzed(runsAs, child);
    }
  }

  /** With whose rights a function's body is run that a principal, or a policy, calls. */
  private Principal runsAs(Principal principal, SQLScalarFunction call) {
    Optional<FunctionCall> ours = FunctionCall.of(call.function());
    ours.filter(each -> !each.ofPolicy())
        .ifPresent(each -> access.requireExecute(principal, each.function()));
    return ours.map(FunctionCall::function).map(access::ownerOf).orElse(principal);
  }

  /**
   * Predicates of past changes name values that a policy of today may hide, as Databricks has it.
   */
  private void refuseHistory(LogicalPlan plan) {
    if (plan.getClass().getSimpleName().equals("DescribeDeltaHistoryCommand")) {
      tablesIn(plan).stream()
          .filter(table -> policies.of(table).isPresent())
          .forEach(table -> {
            throw SqlRefusal.policyForbids(table, "DESCRIBE_HISTORY");
          });
    }
  }

  private void checkItself(Principal principal, LogicalPlan plan) {
    if (Commands.changeTables(plan)) {
      namedBy(plan).forEach(table -> access.require(principal, Privilege.MODIFY, table));
    }
    if (SHOWING_PARTITIONS.contains(plan.getClass().getSimpleName())) {
      // Neither row filter nor column mask is around what it answers.
      namedBy(plan).stream()
          .filter(table -> policies.of(table).isPresent())
          .forEach(table -> access.requireManage(principal, table));
    }
    switch (plan) {
      case LogicalRelation relation -> {
        if (relation.catalogTable().isEmpty()) {
          throw anyFile();
        }
        Securable table =
            securable(Securable.Kind.TABLE, relation.catalogTable().get().identifier());
        access.require(principal, Privilege.SELECT, table);
      }
      case DataSourceV2Relation relation -> {
        if (relation.catalog().isEmpty() || relation.identifier().isEmpty()) {
          throw anyFile();
        }
        access.require(
            principal,
            Privilege.SELECT,
            table(relation.catalog().get(), relation.identifier().get()));
      }
      case ResolvedIdentifier named -> requireOurs(named.catalog());
      case ResolvedNamespace named -> requireOurs(named.catalog());
      case ResolvedTable table -> requireOurs(table.catalog());
      default -> {}
    }
  }

  /** The tables that a command is on, in whatever form it holds them. */
  private static List<Securable> namedBy(LogicalPlan command) {
    if (command instanceof V2WriteCommand write) {
      return List.of(target(write));
    }
    List<Securable> tables = tablesIn(command);
    if (tables.isEmpty()) {
      throw anyFile();
    }
    return tables;
  }

  private static List<Securable> tablesIn(LogicalPlan command) {
    List<Securable> tables = new ArrayList<>();
    for (Object part : CollectionConverters.asJava(command.productIterator().toList())) {
      catalogTable(part)
          .ifPresent(table -> tables.add(securable(Securable.Kind.TABLE, table.identifier())));
    }
    if (tables.isEmpty()) {
      tables.addAll(resolvedIn(command));
    }
    return tables;
  }

  private static Securable target(V2WriteCommand write) {
    if (write.table() instanceof DataSourceV2Relation relation
        && relation.catalog().isDefined()
        && relation.identifier().isDefined()) {
      return table(relation.catalog().get(), relation.identifier().get());
    }
    throw anyFile();
  }

  private static Optional<CatalogTable> catalogTable(Object part) {
    return switch (part) {
      case CatalogTable table -> Optional.of(table);
      case DeltaTableV2 delta when delta.catalogTable().isDefined() ->
          Optional.of(delta.catalogTable().get());
      case Option<?> option when option.isDefined() -> catalogTable(option.get());
      default -> Optional.empty();
    };
  }

  private static List<Securable> resolvedIn(LogicalPlan command) {
    List<Securable> tables = new ArrayList<>();
    for (LogicalPlan part : PlanParts.plans(command)) {
      if (part instanceof ResolvedTable table) {
        tables.add(table(table.catalog(), table.identifier()));
      } else {
        tables.addAll(resolvedIn(part));
      }
    }
    return tables;
  }

  private static void requireKnown(LogicalPlan plan) {
    switch (plan) {
      // Spark runs a command in it while it analyses the statement, before anybody sees it.
      case UnresolvedExecuteImmediate immediate ->
          throw SqlRefusal.insufficientPermissions(
              "Only an administrator may run EXECUTE IMMEDIATE.");
      // Those of Databricks' parameters do not come so far as Spark.
      case SetCommand set when set.kv().isDefined() ->
          throw SqlRefusal.unknownParameter(set.kv().get()._1());
      case ResetCommand reset when reset.config().isDefined() ->
          throw SqlRefusal.unknownParameter(reset.config().get());
      default -> {}
    }
    String sort = plan.getClass().getSimpleName();
    if ((plan instanceof Command || plan instanceof ParsedStatement) && !Commands.known(sort)) {
      throw SqlRefusal.insufficientPermissions(
          "Only an administrator may run statements of this sort: " + sort + ".");
    }
  }

  /** Spark's session catalog has no rights: nothing is to be had or made there. */
  private static void requireOurs(CatalogPlugin catalog) {
    if (!(catalog instanceof WorkspaceCatalog)) {
      throw SqlRefusal.insufficientPermissions(
          "User does not have USE CATALOG on Catalog '" + catalog.name() + "'.");
    }
  }

  private static void checkFunction(List<String> nameParts) {
    String function = nameParts.getLast().toLowerCase(Locale.ROOT);
    if (FUNCTIONS_OF_THE_HOST.contains(function) || function.endsWith("_by_path")) {
      throw SqlRefusal.insufficientPermissions(
          "User does not have EXECUTE on Routine '" + function + "'.");
    }
  }

  private static void checkName(List<String> nameParts) {
    if (nameParts.size() == 2 && nameParts.getLast().contains("/")) {
      throw anyFile();
    }
  }

  private static SqlRefusal anyFile() {
    return SqlRefusal.insufficientPermissions("User does not have permission SELECT on any file.");
  }

  private static Securable table(CatalogPlugin catalog, Identifier name) {
    if (name.namespace().length != 1) {
      throw anyFile();
    }
    return Securable.table(catalog.name(), name.namespace()[0], name.name());
  }

  private static Securable securable(Securable.Kind kind, TableIdentifier name) {
    if (name.catalog().isEmpty() || name.database().isEmpty()) {
      throw anyFile();
    }
    return new Securable(kind, List.of(name.catalog().get(), name.database().get(), name.table()));
  }

  private static List<String> strings(scala.collection.immutable.Seq<String> parts) {
    return List.copyOf(CollectionConverters.asJava(parts));
  }
}
