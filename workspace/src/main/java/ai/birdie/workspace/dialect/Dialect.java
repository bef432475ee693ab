package ai.birdie.workspace.dialect;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The statements of Databricks SQL that Spark cannot parse.
 *
 * <p>Thread-safe.
 */
public final class Dialect {
  private final List<Function<String, Optional<? extends OwnStatement>>> parsers =
      List.of(
          GrantStatement::parse,
          OwnerStatement::parse,
          ShowGrants::parse,
          ShowCreateTable::parse,
          ShowSchemas::parse,
          ShowTables::parse,
          ShowColumns::parse,
          ShowFunctions::parse,
          ShowKeys::parse,
          ShowCatalogs::parse,
          UseCatalog::parse,
          ParameterStatement::parse,
          CreateCatalog::parse,
          DropCatalog::parse,
          FunctionStatement::parse,
          PolicyStatement::parse);

  /** The text in Spark's words, where Databricks has shorter ones; all else as it was. */
  public String spelledOut(String text) {
    return TimeTravel.spelledOut(text);
  }

  /**
   * The statement, where the text is one of the workspace's own; everything else is for Spark.
   *
   * @throws ai.birdie.workspace.access.SqlRefusal for one of its own that is malformed
   */
  public Optional<OwnStatement> parse(String text) {
    return parsers.stream()
        .flatMap(parser -> parser.apply(text).stream())
        .<OwnStatement>map(statement -> statement)
        .findFirst();
  }
}
