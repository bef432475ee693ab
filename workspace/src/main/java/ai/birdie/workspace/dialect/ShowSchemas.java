package ai.birdie.workspace.dialect;

import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * SHOW SCHEMAS, whose column Spark calls otherwise.
 *
 * @param scope where it looks; the current catalog where it does not say
 * @param pattern which schemas it shows
 */
record ShowSchemas(Optional<ListingScope> scope, ListingPattern pattern) implements OwnStatement {
  private static final StructType NAMES =
      new StructType().add("databaseName", DataTypes.StringType, false);
  private static final StructType NAMES_AND_CATALOGS =
      NAMES.add("catalog", DataTypes.StringType, false);

  /** The statement, where the text is one of these. */
  static Optional<ShowSchemas> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("SHOW", "SCHEMAS") && !tokens.take("SHOW", "DATABASES")) {
      return Optional.empty();
    }
    Optional<ListingScope> scope = ListingScope.take(tokens);
    if (scope.isEmpty() && (tokens.take("IN") || tokens.take("FROM"))) {
      scope = Optional.of(new ListingScope(Optional.of(tokens.identifier())));
    }
    ListingPattern pattern =
        tokens.takeString().map(ListingPattern::of).orElseGet(() -> ListingPattern.take(tokens));
    tokens.end();
    return Optional.of(new ShowSchemas(scope, pattern));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    ListingScope where =
        scope.orElseGet(() -> new ListingScope(Optional.of(session.currentCatalog())));
    boolean one = where.catalog().isPresent();
    List<Row> rows =
        where
            .schemas(session, pattern)
            .map(schema ->
                one
                    ? RowFactory.create(schema.name())
                    : RowFactory.create(schema.name(), schema.catalog()))
            .toList();
    return session.spark().createDataFrame(rows, one ? NAMES : NAMES_AND_CATALOGS);
  }
}
