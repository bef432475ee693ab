package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.catalog.Routines.Routine;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.CreateUserDefinedFunction;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/** CREATE FUNCTION and DROP FUNCTION, for functions of one SQL expression. */
sealed interface FunctionStatement extends OwnStatement {
  /** CREATE FUNCTION; Spark parses it. */
  record Create(String text) implements FunctionStatement {
    @Override
    public Optional<LogicalPlan> kept(PrincipalSession session) {
      Routine routine = routine(session, parsed(session));
      try {
        return Optional.of(
            routine.asQuery(
                session.spark().sessionState().sqlParser().parseExpression(routine.body())));
      } catch (ParseException e) {
        throw new IllegalArgumentException(e); // with Spark's own error as its cause
      }
    }

    @Override
    public Dataset<Row> run(PrincipalSession session) {
      CreateUserDefinedFunction parsed = parsed(session);
      Securable function =
          nameOf(
              CollectionConverters.asJava(((UnresolvedIdentifier) parsed.child()).nameParts()),
              session);
      Metastore metastore = session.metastore();
      boolean exists = metastore.exists(function);
      if (exists && parsed.ignoreIfExists()) {
        return session.spark().emptyDataFrame();
      }
      if (exists && !parsed.replace()) {
        throw SqlRefusal.routineAlreadyExists(function);
      }
      if (exists) {
        metastore.access().requireManage(session.principal(), function);
      } else {
        metastore.access().requireCreate(session.principal(), function);
      }
      metastore.putFunction(function, routine(session, parsed), session.principal());
      return session.spark().emptyDataFrame();
    }

    private static Routine routine(PrincipalSession session, CreateUserDefinedFunction parsed) {
      return new Routine(
          parsed.inputParamText().getOrElse(() -> ""),
          parsed.returnTypeText(),
          parsed.exprText().getOrElse(() -> "(" + parsed.queryText().get() + ")"),
          Securable.schema(session.currentCatalog(), session.currentSchema()));
    }

    private CreateUserDefinedFunction parsed(PrincipalSession session) {
      try {
        LogicalPlan plan = session.spark().sessionState().sqlParser().parsePlan(text);
        if (plan instanceof CreateUserDefinedFunction function
            && !function.isTableFunc()
            && (function.exprText().isDefined() || function.queryText().isDefined())) {
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
      Metastore metastore = session.metastore();
      Securable function = nameOf(name, session);
      if (metastore.exists(function)) {
        metastore.access().requireManage(session.principal(), function);
        metastore.dropFunction(function);
      } else if (!ifExists) {
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

  /** The function, where the session's principal may get as far as its schema, which there is. */
  private static Securable nameOf(List<String> parts, PrincipalSession session) {
    RelationName name = RelationName.of(parts, session);
    Securable schema = Securable.schema(name.catalog(), name.schema());
    Securable function = Securable.function(name.catalog(), name.schema(), name.name());
    Metastore metastore = session.metastore();
    boolean exists = metastore.exists(schema);
    metastore.access().requireUse(session.principal(), exists ? function : schema);
    metastore.requireExists(schema);
    return function;
  }
}
