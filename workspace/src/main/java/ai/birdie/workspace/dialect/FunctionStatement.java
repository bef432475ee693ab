package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.Routines.Routine;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.CreateUserDefinedFunction;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/** CREATE FUNCTION and DROP FUNCTION, for functions of one SQL expression. */
sealed interface FunctionStatement extends OwnStatement {
  /** CREATE FUNCTION; Spark parses it. */
  record Create(String text) implements FunctionStatement {
    @Override
    public List<Expression> expressions(PrincipalSession session) throws ParseException {
      String body = parsed(session).exprText().get();
      return List.of(session.spark().sessionState().sqlParser().parseExpression(body));
    }

    @Override
    public Dataset<Row> run(PrincipalSession session) {
      CreateUserDefinedFunction parsed = parsed(session);
      requireNoSubquery(session);
      List<String> parts =
          CollectionConverters.asJava(((UnresolvedIdentifier) parsed.child()).nameParts());
      Securable function = nameOf(parts, session);
      boolean exists = session.metastore().routines().named(function).isPresent();
      if (exists && parsed.ignoreIfExists()) {
        return session.spark().emptyDataFrame();
      }
      if (exists && !parsed.replace()) {
        throw SqlRefusal.routineAlreadyExists(function);
      }
      String parameters = parsed.inputParamText().isDefined() ? parsed.inputParamText().get() : "";
      session
          .metastore()
          .routines()
          .put(function, new Routine(parameters, parsed.returnTypeText(), parsed.exprText().get()));
      return session.spark().emptyDataFrame();
    }

    /** A body is read with the rights of whoever owns the view it is called in. */
    private void requireNoSubquery(PrincipalSession session) {
      try {
        if (!session.principal().isAdmin()
            && expressions(session).stream().anyMatch(SubqueryExpression::hasSubquery)) {
          throw SqlRefusal.unsupported("subqueries in functions that no administrator makes");
        }
      } catch (ParseException e) {
        throw new IllegalArgumentException(e); // with Spark's own error as its cause
      }
    }

    private CreateUserDefinedFunction parsed(PrincipalSession session) {
      try {
        LogicalPlan plan = session.spark().sessionState().sqlParser().parsePlan(text);
        if (plan instanceof CreateUserDefinedFunction function
            && !function.isTableFunc()
            && function.exprText().isDefined()) {
          return function;
        }
        throw session.principal().isAdmin() || plan instanceof CreateUserDefinedFunction
            ? SqlRefusal.unsupported("functions that are no SQL expression")
            : SqlRefusal.insufficientPermissions("User may not run programs of the host.");
      } catch (ParseException e) {
        throw new IllegalArgumentException(e); // with Spark's own error as its cause
      }
    }
  }

  /** DROP FUNCTION. */
  record Drop(List<String> name, boolean ifExists) implements FunctionStatement {
    @Override
    public Dataset<Row> run(PrincipalSession session) {
      Securable function = nameOf(name, session);
      if (!session.metastore().routines().remove(function) && !ifExists) {
        throw SqlRefusal.notFound(function);
      }
      return session.spark().emptyDataFrame();
    }
  }

  /** The statement, where the text is one of these; a temporary function is Spark's. */
  static Optional<FunctionStatement> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (tokens.take("CREATE", "FUNCTION") || tokens.take("CREATE", "OR", "REPLACE", "FUNCTION")) {
      return Optional.of(new Create(text));
    }
    if (tokens.take("DROP", "FUNCTION")) {
      boolean ifExists = tokens.take("IF", "EXISTS");
      List<String> name = tokens.name();
      tokens.end();
      return Optional.of(new Drop(name, ifExists));
    }
    return Optional.empty();
  }

  private static Securable nameOf(List<String> parts, PrincipalSession session) {
    RelationName name = RelationName.of(parts, session);
    Securable schema = Securable.schema(name.catalog(), name.schema());
    session.metastore().requireExists(schema);
    session.metastore().access().requireManage(session.principal(), schema);
    return new Securable(
        Securable.Kind.FUNCTION, List.of(name.catalog(), name.schema(), name.name()));
  }
}
