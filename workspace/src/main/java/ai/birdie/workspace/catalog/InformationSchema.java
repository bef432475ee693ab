package ai.birdie.workspace.catalog;

import ai.birdie.workspace.access.Owners;
import ai.birdie.workspace.access.Principal;
import ai.birdie.workspace.access.Privilege;
import ai.birdie.workspace.access.Securable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A catalog's {@code information_schema}: what its principal may see of names and grants.
 *
 * <p>The columns are named as Databricks documents them; those that would always be empty here are
 * left out.
 */
final class InformationSchema {
  private static final String ORIGIN =
      "created TIMESTAMP, created_by STRING, last_altered TIMESTAMP, last_altered_by STRING";
  private static final String GRANT =
      "privilege_type STRING, is_grantable STRING, inherited_from STRING";

  private static final Map<String, String> COLUMNS =
      Map.of(
          "schemata",
          "catalog_name STRING, schema_name STRING, schema_owner STRING, comment STRING, " + ORIGIN,
          "tables",
          "table_catalog STRING, table_schema STRING, table_name STRING, table_type STRING,"
              + " is_insertable_into STRING, table_owner STRING, comment STRING,"
              + " data_source_format STRING, "
              + ORIGIN,
          "views",
          "table_catalog STRING, table_schema STRING, table_name STRING, view_definition STRING,"
              + " check_option STRING, is_updatable STRING",
          "columns",
          "table_catalog STRING, table_schema STRING, table_name STRING, column_name STRING,"
              + " ordinal_position INT, is_nullable STRING, full_data_type STRING,"
              + " data_type STRING, comment STRING",
          "catalog_privileges",
          "grantor STRING, grantee STRING, catalog_name STRING, " + GRANT,
          "schema_privileges",
          "grantor STRING, grantee STRING, catalog_name STRING, schema_name STRING, " + GRANT,
          "table_privileges",
          "grantor STRING, grantee STRING, table_catalog STRING, table_schema STRING,"
              + " table_name STRING, "
              + GRANT);

  private final String catalog;
  private final Metastore metastore;
  private final Principal principal;
  private final Function<Securable, StructType> schemas;

  /**
   * @param schemas the columns of a table or view
   */
  InformationSchema(
      String catalog,
      Metastore metastore,
      Principal principal,
      Function<Securable, StructType> schemas) {
    this.catalog = catalog;
    this.metastore = metastore;
    this.principal = principal;
    this.schemas = schemas;
  }

  /** The names of its tables. */
  static Set<String> tables() {
    return COLUMNS.keySet();
  }

  /** One of its tables; empty where there is none of that name. */
  Optional<RowsTable> table(String name) {
    String table = name.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(COLUMNS.get(table))
        .map(columns ->
            new RowsTable(
                catalog + "." + Securable.INFORMATION_SCHEMA + "." + table,
                StructType.fromDDL(columns),
                () -> rows(table)));
  }

  private List<Object[]> rows(String table) {
    List<Object[]> rows = new ArrayList<>();
    switch (table) {
      case "schemata" -> seenSchemas().forEach(schema -> rows.add(schema(schema)));
      case "tables" -> seenRelations().forEach(relation -> rows.add(relation(relation)));
      case "views" -> seenRelations().forEach(relation -> addView(rows, relation));
      case "columns" -> seenRelations().forEach(relation -> addColumns(rows, relation));
      case "catalog_privileges" -> addGrants(rows, Securable.catalog(catalog));
      case "schema_privileges" -> seenSchemas().forEach(schema -> addGrants(rows, schema));
      default -> seenRelations().forEach(relation -> addGrants(rows, relation));
    }
    return rows;
  }

  private List<Securable> seenSchemas() {
    return metastore.names().schemas(catalog).stream()
        .map(name -> Securable.schema(catalog, name))
        .filter(schema -> metastore.access().sees(principal, schema))
        .toList();
  }

  private List<Securable> seenRelations() {
    List<Securable> seen = new ArrayList<>();
    for (String schema : metastore.names().schemas(catalog)) {
      metastore.names().relations(catalog, schema).keySet().stream()
          .map(name -> metastore.asItIs(Securable.table(catalog, schema, name)))
          .filter(relation -> metastore.access().sees(principal, relation))
          .forEach(seen::add);
    }
    return seen;
  }

  private Object[] schema(Securable schema) {
    String comment =
        metastore
            .names()
            .schemaProperties(catalog, schema.path().get(1))
            .map(properties -> properties.getOrDefault("comment", ""))
            .orElse("");
    return joined(schema.path(), List.of(owner(schema), comment), origin(schema));
  }

  private Object[] relation(Securable relation) {
    boolean view = relation.kind() == Securable.Kind.VIEW;
    String type = view ? "VIEW" : "MANAGED";
    if (found(relation) instanceof Relation.DeltaTable table && !metastore.keeps(table)) {
      type = "EXTERNAL";
    }
    List<Object> described =
        List.of(type, view ? "NO" : "YES", owner(relation), "", view ? "" : "DELTA");
    return joined(relation.path(), described, origin(relation));
  }

  private void addView(List<Object[]> rows, Securable relation) {
    if (found(relation) instanceof Relation.StoredView view) {
      rows.add(joined(relation.path(), List.of(view.text(), "NONE", "NO"), List.of()));
    }
  }

  private void addColumns(List<Object[]> rows, Securable relation) {
    int position = 0;
    for (StructField field : schemas.apply(relation).fields()) {
      String full = field.dataType().catalogString();
      List<Object> described =
          List.of(
              field.name(),
              position,
              field.nullable() ? "YES" : "NO",
              full,
              full.replaceAll("[(<].*", "").toUpperCase(Locale.ROOT),
              field.getComment().getOrElse(() -> ""));
      rows.add(joined(relation.path(), described, List.of()));
      position++;
    }
  }

  private void addGrants(List<Object[]> rows, Securable on) {
    List<Securable> levels = new ArrayList<>(List.of(on));
    levels.addAll(on.parents());
    Set<String> own = metastore.principals().identities(principal);
    boolean all = metastore.access().manages(principal, on);
    for (Securable level : levels) {
      String from = level.equals(on) ? "NONE" : level.kind().name();
      for (String grantee : metastore.grants().granteesOn(level)) {
        if (all || own.contains(grantee)) {
          for (Privilege privilege : metastore.grants().of(grantee, level)) {
            List<Object> grant = List.of(privilege.name(), "NO", from);
            rows.add(joined(List.of(owner(level), grantee), on.path(), grant));
          }
        }
      }
    }
  }

  private String owner(Securable securable) {
    return metastore.owners().of(securable).map(Owners.Owned::owner).orElse("");
  }

  private List<Object> origin(Securable securable) {
    return metastore
        .owners()
        .of(securable)
        .map(owned -> {
          Object micros = owned.createdAt() * 1000;
          return List.of(micros, owned.createdBy(), micros, owned.owner());
        })
        .orElse(List.of(0L, "", 0L, ""));
  }

  private Relation found(Securable relation) {
    return metastore
        .names()
        .relation(catalog, relation.path().get(1), relation.path().get(2))
        .orElseThrow(() -> new IllegalStateException("dropped meanwhile: " + relation.fullName()));
  }

  private static Object[] joined(List<?> first, List<?> second, List<?> third) {
    List<Object> all = new ArrayList<>(first);
    all.addAll(second);
    all.addAll(third);
    return all.toArray();
  }
}
