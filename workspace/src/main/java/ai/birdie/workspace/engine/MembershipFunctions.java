package ai.birdie.workspace.engine;

import ai.birdie.workspace.access.Principals;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.Metastore;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.classic.SparkSession;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** {@code is_member} and {@code is_account_group_member}, of whoever runs the statement. */
final class MembershipFunctions {
  private static final List<String> WORKSPACE_GROUPS =
      List.of(Principals.WORKSPACE_USERS, Principals.WORKSPACE_ADMINS);

  private final Metastore metastore;

  MembershipFunctions(Metastore metastore) {
    this.metastore = metastore;
  }

  void addTo(SparkSessionExtensions extensions) {
    add(extensions, "is_member", group -> true);
    add(extensions, "is_account_group_member", group -> !WORKSPACE_GROUPS.contains(group));
  }

  private void add(SparkSessionExtensions extensions, String name, Predicate<String> kind) {
    extensions.injectFunction(
        new Tuple3<>(
            new FunctionIdentifier(name),
            new ExpressionInfo(MembershipFunctions.class.getName(), name),
            arguments -> membership(name, arguments, kind)));
  }

  private Expression membership(String name, Seq<Expression> arguments, Predicate<String> kind) {
    List<Expression> given = CollectionConverters.asJava(arguments);
    if (given.size() != 1 || !given.getFirst().foldable()) {
      throw SqlRefusal.invalidParameter(name + " takes one constant: a group's name.");
    }
    Object value = given.getFirst().eval(null);
    if (value == null) {
      return new Literal(null, org.apache.spark.sql.types.DataTypes.BooleanType);
    }
    String group = value.toString();
    return Literal$.MODULE$.apply(kind.test(group) && isIn(group));
  }

  /** Spark analyses a statement in the session that is active. */
  private boolean isIn(String group) {
    return metastore
        .principalOf(SparkSession.active().sessionUUID())
        .filter(principal -> !principal.name().equals(group))
        .filter(principal -> metastore.principals().identities(principal).contains(group))
        .isPresent();
  }
}
