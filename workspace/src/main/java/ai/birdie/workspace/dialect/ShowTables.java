package ai.birdie.workspace.dialect;

import ai.birdie.workspace.catalog.Relation;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * SHOW TABLES IN CATALOG, as drivers ask for all tables. The columns are those of recorded traffic.
 *
 * @param scope where it looks
 * @param schemas in which schemas
 * @param tables which tables and views it shows
 */
record ShowTables(ListingScope scope, ListingPattern schemas, ListingPattern tables)
    implements OwnStatement {
  private static final StructType COLUMNS =
      new StructType()
          .add("namespace", DataTypes.StringType)
          .add("tableName", DataTypes.StringType)
          .add("isTemporary", DataTypes.BooleanType)
          .add("information", DataTypes.StringType)
          .add("catalogName", DataTypes.StringType)
          .add("tableType", DataTypes.StringType)
          .add("remarks", DataTypes.StringType);

  /** The statement, where the text is one of these; of one schema it is Spark's. */
  static Optional<ShowTables> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("SHOW", "TABLES")) {
      return Optional.empty();
    }
    Optional<ListingScope> scope = ListingScope.take(tokens);
    if (scope.isEmpty()) {
      return Optional.empty();
    }
    ListingPattern schemas = ListingPattern.take(tokens, "SCHEMA");
    ListingPattern tables = ListingPattern.take(tokens);
    tokens.end();
    return Optional.of(new ShowTables(scope.get(), schemas, tables));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    List<Row> rows = scope.tables(session, schemas, tables).map(ShowTables::row).toList();
    return session.spark().createDataFrame(rows, COLUMNS);
  }

  private static Row row(ListingScope.Table table) {
    String type =
        switch (table.relation()) {
          case Relation.DeltaTable delta -> "TABLE";
          case Relation.StoredView view -> "VIEW";
        };
    return RowFactory.create(
        table.schema().name(), table.name(), false, "", table.schema().catalog(), type, "");
  }
}
