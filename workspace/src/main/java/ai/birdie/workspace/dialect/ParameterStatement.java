package ai.birdie.workspace.dialect;

import ai.birdie.workspace.session.PrincipalSession;
import ai.birdie.workspace.session.SqlParameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.execution.command.SetCommand;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * SET and RESET of configuration parameters, which hold as long as the session. Of what is none of
 * them, and of variables, it is Spark's.
 *
 * <p>Source: docs.databricks.com, SQL language reference: SET, RESET, SET TIME ZONE.
 */
sealed interface ParameterStatement extends OwnStatement {
  /** What answers hold. */
  StructType COLUMNS =
      new StructType().add("key", DataTypes.StringType).add("value", DataTypes.StringType);

  /** SET: the parameters that are not what they are at the beginning. */
  record ShowChanged() implements ParameterStatement {
    @Override
    public Dataset<Row> run(PrincipalSession session) {
      List<Row> rows =
          Stream.of(SqlParameter.values())
              .filter(parameter -> !session.value(parameter).equals(parameter.initial()))
              .map(parameter -> RowFactory.create(parameter.name(), session.value(parameter)))
              .toList();
      return session.spark().createDataFrame(rows, COLUMNS);
    }
  }

  /** SET -v: all parameters, and what they are for. */
  record Explain() implements ParameterStatement {
    @Override
    public Dataset<Row> run(PrincipalSession session) {
      List<Row> rows =
          Stream.of(SqlParameter.values())
              .map(parameter ->
                  RowFactory.create(
                      parameter.name(), session.value(parameter), parameter.meaning()))
              .toList();
      return session.spark().createDataFrame(rows, COLUMNS.add("meaning", DataTypes.StringType));
    }
  }

  /** SET of a name alone, which is answered as it is written. */
  record Show(String written, SqlParameter parameter) implements ParameterStatement {
    @Override
    public Dataset<Row> run(PrincipalSession session) {
      return answer(session, written, session.value(parameter));
    }
  }

  /** SET of a name to a value. */
  record Change(String written, SqlParameter parameter, String value)
      implements ParameterStatement {
    @Override
    public Dataset<Row> run(PrincipalSession session) {
      session.set(parameter, value);
      return answer(session, written, value);
    }
  }

  /** SET TIME ZONE to a string or an interval; Spark parses it. */
  record ChangeTimeZone(String text) implements ParameterStatement {
    @Override
    public Dataset<Row> run(PrincipalSession session) {
      try {
        SetCommand parsed = (SetCommand) session.spark().sessionState().sqlParser().parsePlan(text);
        String zone = parsed.kv().get()._2().get();
        session.set(SqlParameter.TIMEZONE, zone);
        return answer(session, parsed.kv().get()._1(), zone);
      } catch (ParseException e) {
        throw new IllegalArgumentException(e); // with Spark's own error as its cause
      }
    }
  }

  /** RESET of one parameter. */
  record Reset(SqlParameter parameter) implements ParameterStatement {
    @Override
    public Dataset<Row> run(PrincipalSession session) {
      session.reset(parameter);
      return session.spark().emptyDataFrame();
    }
  }

  /** RESET of all. An administrator may have set some of Spark's too. */
  record ResetAll() implements ParameterStatement {
    @Override
    public Dataset<Row> run(PrincipalSession session) {
      if (session.principal().isAdmin()) {
        session.spark().sql("RESET");
      }
      Stream.of(SqlParameter.values()).forEach(session::reset);
      return session.spark().emptyDataFrame();
    }
  }

  /** The statement, where the text is one of these. */
  static Optional<ParameterStatement> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (tokens.take("SET")) {
      return tokens.take("TIME", "ZONE") ? Optional.of(timeZone(text, tokens)) : setting(tokens);
    }
    return tokens.take("RESET") ? resetting(tokens) : Optional.empty();
  }

  private static ParameterStatement timeZone(String text, Tokens tokens) {
    if (!tokens.take("LOCAL")) {
      return new ChangeTimeZone(text);
    }
    tokens.end();
    return new Reset(SqlParameter.TIMEZONE);
  }

  private static Optional<ParameterStatement> setting(Tokens tokens) {
    if (tokens.atEnd()) {
      return Optional.of(new ShowChanged());
    }
    if (tokens.take("-", "v")) {
      tokens.end();
      return Optional.of(new Explain());
    }
    String written = tokens.first();
    Optional<SqlParameter> named = SqlParameter.named(written);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    tokens.expect(written);
    if (tokens.atEnd()) {
      return Optional.of(new Show(written, named.get()));
    }
    tokens.expect("=");
    return Optional.of(new Change(written, named.get(), tokens.rest()));
  }

  private static Optional<ParameterStatement> resetting(Tokens tokens) {
    if (tokens.atEnd()) {
      return Optional.of(new ResetAll());
    }
    Optional<SqlParameter> named = SqlParameter.named(tokens.first());
    named.ifPresent(parameter -> {
      tokens.expect(tokens.first());
      tokens.end();
    });
    return named.map(Reset::new);
  }

  private static Dataset<Row> answer(PrincipalSession session, String key, String value) {
    return session.spark().createDataFrame(List.of(RowFactory.create(key, value)), COLUMNS);
  }
}
