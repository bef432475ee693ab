package ai.birdie.workspace.dialect;

import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.session.PrincipalSession;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * SHOW KEYS and SHOW FOREIGN KEYS, as drivers ask for a table's constraints: Delta here keeps none.
 *
 * @param sort which keys
 * @param table of which table
 */
record ShowKeys(Sort sort, Securable table) implements OwnStatement {
  /** Sorts of keys. */
  enum Sort {
    PRIMARY,
    FOREIGN
  }

  private static final StructType PRIMARY_KEYS =
      new StructType()
          .add("catalogName", DataTypes.StringType)
          .add("namespace", DataTypes.StringType)
          .add("tableName", DataTypes.StringType)
          .add("col_name", DataTypes.StringType)
          .add("keySeq", DataTypes.IntegerType)
          .add("constraintName", DataTypes.StringType);

  private static final StructType FOREIGN_KEYS =
      new StructType()
          .add("parentCatalogName", DataTypes.StringType)
          .add("parentNamespace", DataTypes.StringType)
          .add("parentTableName", DataTypes.StringType)
          .add("parentColName", DataTypes.StringType)
          .add("catalogName", DataTypes.StringType)
          .add("namespace", DataTypes.StringType)
          .add("tableName", DataTypes.StringType)
          .add("col_name", DataTypes.StringType)
          .add("keySeq", DataTypes.IntegerType)
          .add("constraintName", DataTypes.StringType);

  /** The statement, where the text is one of these. */
  static Optional<ShowKeys> parse(String text) {
    Tokens tokens = Tokens.of(text);
    Sort sort;
    if (tokens.take("SHOW", "FOREIGN", "KEYS")) {
      sort = Sort.FOREIGN;
    } else if (tokens.take("SHOW", "KEYS") || tokens.take("SHOW", "PRIMARY", "KEYS")) {
      sort = Sort.PRIMARY;
    } else {
      return Optional.empty();
    }
    tokens.expect("IN", "CATALOG");
    String catalog = tokens.identifier();
    tokens.expect("IN", "SCHEMA");
    String schema = tokens.identifier();
    tokens.expect("IN", "TABLE");
    String table = tokens.identifier();
    tokens.end();
    return Optional.of(new ShowKeys(sort, Securable.table(catalog, schema, table)));
  }

  @Override
  public Dataset<Row> run(PrincipalSession session) {
    session.metastore().requireExists(table);
    StructType columns =
        switch (sort) {
          case PRIMARY -> PRIMARY_KEYS;
          case FOREIGN -> FOREIGN_KEYS;
        };
    return session.spark().createDataFrame(List.of(), columns);
  }
}
