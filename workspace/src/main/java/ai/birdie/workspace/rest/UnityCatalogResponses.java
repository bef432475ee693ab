package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Owners;
import ai.birdie.workspace.access.Securable;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.catalog.Relation;
import ai.birdie.workspace.catalog.RelationDetail;
import ai.birdie.workspace.catalog.RelationDetail.ColumnDetail;
import ai.birdie.workspace.catalog.RelationDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Catalogs, schemas, and tables as Unity Catalog's API shows them. */
final class UnityCatalogResponses {
  private final Metastore metastore;
  private final RelationDetails details;

  UnityCatalogResponses(Metastore metastore, RelationDetails details) {
    this.metastore = metastore;
    this.details = details;
  }

  Map<String, Object> catalog(Securable catalog) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", catalog.fullName());
    addOrigin(shown, catalog);
    shown.put("catalog_type", "MANAGED_CATALOG");
    shown.put("isolation_mode", "OPEN");
    shown.put("full_name", catalog.fullName());
    shown.put("securable_type", "CATALOG");
    shown.put("securable_kind", "CATALOG_STANDARD");
    return shown;
  }

  Map<String, Object> schema(Securable schema) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", schema.path().get(1));
    shown.put("catalog_name", schema.path().get(0));
    addOrigin(shown, schema);
    shown.put("catalog_type", "MANAGED_CATALOG");
    shown.put("full_name", schema.fullName());
    metastore
        .names()
        .schemaProperties(schema.path().get(0), schema.path().get(1))
        .map(properties -> properties.get("comment"))
        .ifPresent(comment -> shown.put("comment", comment));
    return shown;
  }

  Map<String, Object> table(Securable table) {
    List<String> path = table.path();
    Relation relation =
        metastore
            .names()
            .relation(path.get(0), path.get(1), path.get(2))
            .orElseThrow(() -> ApiError.doesNotExist(table));
    RelationDetail detail = details.of(relation);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", path.get(2));
    shown.put("catalog_name", path.get(0));
    shown.put("schema_name", path.get(1));
    switch (relation) {
      case Relation.DeltaTable delta -> {
        shown.put("table_type", metastore.keeps(delta) ? "MANAGED" : "EXTERNAL");
        shown.put("data_source_format", "DELTA");
        shown.put("storage_location", "file://" + delta.location());
      }
      case Relation.StoredView view -> {
        shown.put("table_type", "VIEW");
        shown.put("view_definition", view.text());
      }
    }
    shown.put("columns", columns(detail.columns()));
    shown.put("properties", detail.properties());
    addOrigin(shown, table);
    shown.computeIfPresent(
        "updated_at",
        (key, created) -> Math.max((Long) created, detail.updatedAt().toEpochMilli()));
    shown.put("full_name", table.fullName());
    return shown;
  }

  private static List<Map<String, Object>> columns(List<ColumnDetail> columns) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (ColumnDetail column : columns) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("name", column.name());
      each.put("type_text", column.typeText());
      each.put("type_json", column.json());
      each.put("type_name", column.typeName());
      each.put("type_precision", column.precision());
      each.put("type_scale", column.scale());
      each.put("position", shown.size());
      each.put("nullable", column.nullable());
      if (!column.comment().isEmpty()) {
        each.put("comment", column.comment());
      }
      shown.add(each);
    }
    return shown;
  }

  private void addOrigin(Map<String, Object> shown, Securable securable) {
    Owners.Owned owned =
        metastore.owners().of(securable).orElseThrow(() -> ApiError.doesNotExist(securable));
    shown.put("owner", owned.owner());
    shown.put("created_at", owned.createdAt());
    shown.put("created_by", owned.createdBy());
    shown.put("updated_at", owned.createdAt());
    shown.put("updated_by", owned.owner());
  }
}
