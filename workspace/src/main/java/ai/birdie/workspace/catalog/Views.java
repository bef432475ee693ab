package ai.birdie.workspace.catalog;

import java.util.List;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Views as Spark hands them over, and as they are kept. */
final class Views {
  private Views() {}

  static Relation.StoredView toStored(View view) {
    return new Relation.StoredView(
        view.queryText(),
        view.schema().json(),
        view.currentCatalog(),
        List.of(view.currentNamespace()),
        view.sqlConfigs(),
        view.schemaMode(),
        List.of(view.queryColumnNames()),
        view.properties());
  }

  static View toSpark(Relation.StoredView stored) {
    StructType schema = (StructType) DataType.fromJson(stored.schemaJson());
    View.Builder builder =
        new View.Builder()
            .withColumns(CatalogV2Util.structTypeToV2Columns(schema, false))
            .withProperties(stored.properties())
            .withQueryText(stored.text())
            .withCurrentNamespace(stored.currentNamespace().toArray(new String[0]))
            .withSqlConfigs(stored.sqlConfigs())
            .withQueryColumnNames(stored.queryColumnNames().toArray(new String[0]));
    String catalog = stored.currentCatalog();
    if (catalog != null) {
      builder.withCurrentCatalog(catalog);
    }
    String mode = stored.schemaMode();
    if (mode != null) {
      builder.withSchemaMode(mode);
    }
    return builder.build();
  }
}
