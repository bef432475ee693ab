package ai.birdie.workspace.dialect;

import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * SHOW FUNCTIONS IN CATALOG, as drivers ask for functions that users made: catalogs here have none.
 *
 * @param scope where it looks
 */
record ShowFunctions(ListingScope scope) implements OwnStatement {
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
    ListingPattern.take(tokens, "SCHEMA");
    ListingPattern.take(tokens);
    tokens.end();
    return scope.map(ShowFunctions::new);
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    scope.requireExists(session);
    return session.spark().createDataFrame(List.of(), COLUMNS);
  }
}
