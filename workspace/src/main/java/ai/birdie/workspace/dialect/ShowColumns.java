package ai.birdie.workspace.dialect;

import ai.birdie.workspace.session.PrincipalSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * SHOW COLUMNS IN CATALOG, as drivers ask for the columns of many tables. The columns' names are
 * those that databricks-jdbc 3.4.5 reads; sizes and digits are those of Spark's own JDBC server.
 *
 * @param scope where it looks
 * @param schemas in which schemas
 * @param tables of which tables and views
 * @param columns which columns it shows
 */
record ShowColumns(
    ListingScope scope, ListingPattern schemas, ListingPattern tables, ListingPattern columns)
    implements OwnStatement {
  private static final int RADIX = 10;
  private static final int FLOAT_DIGITS = 7;
  private static final int DOUBLE_DIGITS = 15;
  private static final int TIMESTAMP_DIGITS = 6;

  private static final StructType COLUMNS =
      new StructType()
          .add("col_name", DataTypes.StringType)
          .add("catalogName", DataTypes.StringType)
          .add("namespace", DataTypes.StringType)
          .add("tableName", DataTypes.StringType)
          .add("columnType", DataTypes.StringType)
          .add("columnSize", DataTypes.IntegerType)
          .add("decimalDigits", DataTypes.IntegerType)
          .add("radix", DataTypes.IntegerType)
          .add("isNullable", DataTypes.StringType)
          .add("remarks", DataTypes.StringType)
          .add("ordinalPosition", DataTypes.IntegerType)
          .add("isAutoIncrement", DataTypes.StringType)
          .add("isGenerated", DataTypes.StringType);

  /** The statement, where the text is one of these; of one table it is Spark's. */
  static Optional<ShowColumns> parse(String text) {
    Tokens tokens = Tokens.of(text);
    if (!tokens.take("SHOW", "COLUMNS")) {
      return Optional.empty();
    }
    Optional<ListingScope> scope = ListingScope.take(tokens);
    if (scope.isEmpty()) {
      return Optional.empty();
    }
    ListingPattern schemas = ListingPattern.take(tokens, "SCHEMA");
    ListingPattern tables = ListingPattern.take(tokens, "TABLE");
    ListingPattern columns = ListingPattern.take(tokens);
    tokens.end();
    return Optional.of(new ShowColumns(scope.get(), schemas, tables, columns));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    List<Row> rows = new ArrayList<>();
    scope
        .tables(session, schemas, tables)
        .forEach(table -> addColumns(table, session.schemaOf(table.relation()), rows));
    return session.spark().createDataFrame(rows, COLUMNS);
  }

  private void addColumns(ListingScope.Table table, StructType schema, List<Row> rows) {
    for (int i = 0; i < schema.length(); i++) {
      if (columns.matches(schema.fields()[i].name())) {
        rows.add(row(table, schema.fields()[i], i));
      }
    }
  }

  private static Row row(ListingScope.Table table, StructField field, int position) {
    DataType type = field.dataType();
    return RowFactory.create(
        field.name(),
        table.schema().catalog(),
        table.schema().name(),
        table.name(),
        type.sql(),
        size(type),
        digits(type),
        type instanceof NumericType ? RADIX : null,
        Boolean.toString(field.nullable()),
        field.getComment().getOrElse(() -> ""),
        position + 1,
        "NO",
        "NO");
  }

  private static @Nullable Integer size(DataType type) {
    return switch (type) {
      case NumericType number -> number.defaultSize();
      case BooleanType truth -> truth.defaultSize();
      case DateType day -> day.defaultSize();
      case TimestampType time -> time.defaultSize();
      case TimestampNTZType time -> time.defaultSize();
      default -> null;
    };
  }

  private static @Nullable Integer digits(DataType type) {
    return switch (type) {
      case DecimalType decimal -> decimal.scale();
      case FloatType real -> FLOAT_DIGITS;
      case DoubleType real -> DOUBLE_DIGITS;
      case NumericType whole -> 0;
      case BooleanType truth -> 0;
      case TimestampType time -> TIMESTAMP_DIGITS;
      case TimestampNTZType time -> TIMESTAMP_DIGITS;
      default -> null;
    };
  }
}
