package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.catalog.TablePolicies.Call;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.catalog.DeltaTableV2;

/**
 * ALTER TABLE that sets or drops a row filter or a column mask.
 *
 * @param table the table's name, as written
 * @param column the column to be masked; empty for a row filter
 * @param function what filters or masks; empty where that is dropped
 * @param arguments the columns that the function is called with; of a mask, those after the column
 */
record PolicyStatement(
    List<String> table, Optional<String> column, List<String> function, List<String> arguments)
    implements OwnStatement {

  /** The statement, where the text is one of these; every other ALTER TABLE is Spark's. */
  static Optional<PolicyStatement> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("ALTER", "TABLE")) {
      return Optional.empty();
    }
    List<String> table = tokens.name();
    Optional<String> column = Optional.empty();
    if (tokens.take("ALTER")) {
      tokens.take("COLUMN");
      column = Optional.of(tokens.identifier());
    }
    String[] what = column.isPresent() ? new String[] {"MASK"} : new String[] {"ROW", "FILTER"};
    if (tokens.take(words("DROP", what))) {
      tokens.end();
      return Optional.of(new PolicyStatement(table, column, List.of(), List.of()));
    }
    if (!tokens.take(words("SET", what))) {
      return Optional.empty();
    }
    List<String> function = tokens.name();
    List<String> arguments = List.of();
    if (column.isEmpty()) {
      tokens.expect("ON");
      arguments = tokens.identifiersInParentheses();
    } else if (tokens.take("USING", "COLUMNS")) {
      arguments = tokens.identifiersInParentheses();
    }
    tokens.end();
    return Optional.of(new PolicyStatement(table, column, function, arguments));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    RelationName name = RelationName.of(table, session);
    Securable securable = Securable.table(name.catalog(), name.schema(), name.name());
    session.metastore().requireExists(securable);
    session.metastore().access().requireManage(session.principal(), securable);
    if (function.isEmpty()) {
      session
          .metastore()
          .policies()
          .change(
              securable,
              policy -> column.map(policy::withoutMask).orElseGet(policy::withoutRowFilter));
      return session.spark().emptyDataFrame();
    }
    requireColumns(name, session);
    Call call = call(session);
    session
        .metastore()
        .policies()
        .change(
            securable,
            policy ->
                column
                    .map(masked -> policy.withMask(masked, call))
                    .orElseGet(() -> policy.withRowFilter(call)));
    return session.spark().emptyDataFrame();
  }

  private Call call(PrincipalSession session) {
    RelationName full = RelationName.of(function, session);
    Call call = new Call(List.of(full.catalog(), full.schema(), full.name()), arguments);
    Securable routine = Securable.function(full.catalog(), full.schema(), full.name());
    session.metastore().access().requireUse(session.principal(), routine);
    int wanted =
        session
            .metastore()
            .routines()
            .named(routine)
            .orElseThrow(() -> SqlRefusal.notFound(routine))
            .arity();
    session.metastore().access().requireExecute(session.principal(), routine);
    int given = arguments.size() + (column.isPresent() ? 1 : 0);
    if (wanted != given) {
      throw SqlRefusal.wrongArguments(routine, wanted, given);
    }
    return call;
  }

  private void requireColumns(RelationName name, PrincipalSession session) {
    if (!(name.load(session) instanceof DeltaTableV2 loaded)) {
      throw SqlRefusal.unsupported("row filters and column masks of views");
    }
    List<String> there =
        Stream.of(loaded.schema().fieldNames()).map(each -> each.toLowerCase(Locale.ROOT)).toList();
    Stream.concat(column.stream(), arguments.stream())
        .filter(each -> !there.contains(each.toLowerCase(Locale.ROOT)))
        .findFirst()
        .ifPresent(each -> {
          throw SqlRefusal.columnNotFound(each);
        });
  }

  private static String[] words(String verb, String... more) {
    String[] words = new String[more.length + 1];
    words[0] = verb;
    System.arraycopy(more, 0, words, 1, more.length);
    return words;
  }
}
