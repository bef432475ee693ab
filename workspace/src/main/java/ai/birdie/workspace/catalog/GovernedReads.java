package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.trees.TreeNodeTag;
import org.apache.spark.sql.delta.files.TahoeBatchFileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Puts a table's row filter and column masks around every read of it, and writes calls of the
 * workspace's own functions out, while Spark analyses a query. What changes a table sees it whole.
 */
final class GovernedReads extends Rule<LogicalPlan> {
  private static final TreeNodeTag<Boolean> GOVERNED = new TreeNodeTag<>("governed");

  /** Their first child is what they change. */
  private static final Set<String> CHANGES =
      Set.of(
          "UpdateTable",
          "DeleteFromTable",
          "MergeIntoTable",
          "DeltaUpdateTable",
          "DeltaDelete",
          "DeltaMergeInto");

  private final Metastore metastore;

  GovernedReads(Metastore metastore) {
    this.metastore = metastore;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    boolean nothing = metastore.routines().isEmpty() && metastore.policies().isEmpty();
    return nothing ? plan : governed(plan);
  }

  private LogicalPlan governed(LogicalPlan plan) {
    LogicalPlan below =
        switch (plan) {
          case LogicalRelation relation -> governed(relation);
          default -> withChildren(plan);
        };
    return below.mapExpressions(expression -> expression.transformUp(new Calls()));
  }

  private LogicalPlan withChildren(LogicalPlan plan) {
    List<LogicalPlan> children = CollectionConverters.asJava(plan.children());
    int changed = CHANGES.contains(plan.getClass().getSimpleName()) ? 1 : 0;
    List<LogicalPlan> governed = new ArrayList<>(children.subList(0, changed));
    for (LogicalPlan child : children.subList(changed, children.size())) {
      governed.add(governed(child));
    }
    return plan.withNewChildren(seq(governed));
  }

  private LogicalPlan governed(LogicalRelation relation) {
    boolean done = relation.getTagValue(GOVERNED).isDefined() || isRewritten(relation);
    Optional<Securable> table = tableOf(relation);
    Optional<TablePolicies.Policy> policy = table.flatMap(metastore.policies()::of);
    if (done) {
      return relation;
    }
    if (policy.isEmpty()) {
      table.ifPresent(metastore::requireExists); // it may have another name, and policies, by now
      return relation;
    }
    if (relation.relation().getClass().getSimpleName().equals("DeltaCDFRelation")) {
      throw SqlRefusal.policyForbids(table.get(), "CHANGE_DATA_FEED");
    }
    return governed(relation, policy.get());
  }

  private static Optional<Securable> tableOf(LogicalRelation relation) {
    if (relation.catalogTable().isEmpty()) {
      return Optional.empty();
    }
    var name = relation.catalogTable().get().identifier();
    return name.catalog().isEmpty() || name.database().isEmpty()
        ? Optional.empty()
        : Optional.of(Securable.table(name.catalog().get(), name.database().get(), name.table()));
  }

  /** Delta's own reading of the files that a change writes anew, which must lose nothing. */
  private static boolean isRewritten(LogicalRelation relation) {
    return relation.relation() instanceof HadoopFsRelation files
        && files.location() instanceof TahoeBatchFileIndex;
  }

  /** The relation anew below, under the identities of the old one above. */
  private LogicalPlan governed(LogicalRelation relation, TablePolicies.Policy policy) {
    LogicalRelation whole = relation.newInstance();
    whole.setTagValue(GOVERNED, true);
    List<AttributeReference> columns = CollectionConverters.asJava(whole.output());
    policy.masks().keySet().forEach(masked -> named(masked, columns));
    List<NamedExpression> seen = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      AttributeReference column = columns.get(i);
      AttributeReference known = relation.output().apply(i);
      TablePolicies.Call mask = policy.masks().get(column.name().toLowerCase(Locale.ROOT));
      seen.add(
          new Alias(
              mask == null ? column : masked(column, mask, columns),
              known.name(),
              known.exprId(),
              known.qualifier(),
              Option.apply(known.metadata()),
              CollectionConverters.asScala(List.<String>of()).toSeq()));
    }
    TablePolicies.Call filter = policy.rowFilter();
    LogicalPlan rows =
        filter == null ? whole : new Filter(call(filter, named(filter, columns)), whole);
    return new Project(seq(seen), rows);
  }

  private Expression masked(
      AttributeReference column, TablePolicies.Call mask, List<AttributeReference> columns) {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(column);
    arguments.addAll(named(mask, columns));
    return call(mask, arguments);
  }

  private static List<Expression> named(TablePolicies.Call call, List<AttributeReference> columns) {
    List<Expression> arguments = new ArrayList<>();
    call.columns().forEach(name -> arguments.add(named(name, columns)));
    return arguments;
  }

  private static AttributeReference named(String name, List<AttributeReference> columns) {
    return columns.stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            SqlRefusal.invalidParameter("A policy names the column " + name + ", which is gone."));
  }

  private Expression call(TablePolicies.Call call, List<Expression> arguments) {
    Securable function = call.routine();
    Routines.Routine routine =
        metastore.routines().named(function).orElseThrow(() -> SqlRefusal.notFound(function));
    return new StoredFunction(function, routine).callOfPolicy(arguments);
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  /** Calls of the workspace's own functions, once Spark has found them. */
  private static final class Calls extends AbstractPartialFunction<Expression, Expression> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof ApplyFunctionExpression call
          && call.function() instanceof StoredFunction;
    }

    @Override
    public Expression apply(Expression expression) {
      ApplyFunctionExpression call = (ApplyFunctionExpression) expression;
      return ((StoredFunction) call.function()).call(CollectionConverters.asJava(call.children()));
    }
  }
}
