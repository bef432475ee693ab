package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * SHOW FUNCTIONS IN CATALOG, as drivers ask for functions that users made.
 *
 * @param scope where it looks
 * @param schemas in which schemas
 * @param functions which of them
 */
record ShowFunctions(ListingScope scope, ListingPattern schemas, ListingPattern functions)
    implements OwnStatement {
  /** JDBC's {@code functionNoTable}: all functions here give one value. */
  private static final int NO_TABLE = 1;

  private static final StructType COLUMNS =
      new StructType()
          .add("functionName", DataTypes.StringType)
          .add("namespace", DataTypes.StringType)
          .add("catalogName", DataTypes.StringType)
          .add("remarks", DataTypes.StringType)
          .add("functionType", DataTypes.IntegerType)
          .add("specificName", DataTypes.StringType);

  /** The statement, where the text is one of these; all others are Spark's. */
  static Optional<ShowFunctions> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("SHOW", "FUNCTIONS")) {
      return Optional.empty();
    }
    Optional<ListingScope> scope = ListingScope.take(tokens);
    if (scope.isEmpty()) {
      return Optional.empty();
    }
    ListingPattern schemas = ListingPattern.take(tokens, "SCHEMA");
    ListingPattern functions = ListingPattern.take(tokens);
    tokens.end();
    return Optional.of(new ShowFunctions(scope.get(), schemas, functions));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    List<Row> rows =
        scope
            .schemas(session, schemas)
            .flatMap(schema ->
                session.metastore().routines().in(securable(schema)).stream()
                    .filter(each -> session.metastore().access().sees(session.principal(), each))
                    .map(Securable::name)
                    .filter(functions::matches)
                    .map(name -> row(schema, name)))
            .toList();
    return session.spark().createDataFrame(rows, COLUMNS);
  }

  private static Securable securable(ListingScope.Schema schema) {
    return Securable.schema(schema.catalog(), schema.name());
  }

  private static Row row(ListingScope.Schema schema, String name) {
    return RowFactory.create(name, schema.name(), schema.catalog(), "", NO_TABLE, name);
  }
}
