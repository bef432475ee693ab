package ai.birdie.workspace.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The names of all catalogs: schemas, and what is in them. Names are case-insensitive, and kept in
 * lower case.
 *
 * <p>Thread-safe; every change is handed on before the method returns.
 */
public final class Names {
  /**
   * A schema's content.
   *
   * @param properties as CREATE SCHEMA set them
   * @param relations by name
   */
  public record Schema(Map<String, String> properties, SortedMap<String, Relation> relations) {
    /** A schema without properties and relations. */
    public static Schema empty(Map<String, String> properties) {
      return new Schema(Map.copyOf(properties), new TreeMap<>());
    }
  }

  private final SortedMap<String, SortedMap<String, Schema>> catalogs;
  private final Consumer<SortedMap<String, SortedMap<String, Schema>>> onChange;

  /**
   * @param catalogs the names that there are, by catalog and schema; owned by this object from now
   *     on
   * @param onChange told of all names after each change, while no other change can happen
   */
  public Names(
      SortedMap<String, SortedMap<String, Schema>> catalogs,
      Consumer<SortedMap<String, SortedMap<String, Schema>>> onChange) {
    this.catalogs = catalogs;
    this.onChange = onChange;
  }

  /** Whether there is a catalog of that name. */
  public synchronized boolean hasCatalog(String catalog) {
    return catalogs.containsKey(key(catalog));
  }

  /** All catalogs. */
  public synchronized List<String> catalogs() {
    return List.copyOf(catalogs.keySet());
  }

  /** Whether the catalog is new; it then has an empty schema {@code default}. */
  synchronized boolean createCatalog(String catalog) {
    SortedMap<String, Schema> schemas = new TreeMap<>();
    schemas.put("default", Schema.empty(Map.of()));
    boolean created = catalogs.putIfAbsent(key(catalog), schemas) == null;
    changed();
    return created;
  }

  synchronized void dropCatalog(String catalog) {
    catalogs.remove(key(catalog));
    changed();
  }

  /** The schemas of a catalog; none for one that is not there. */
  public synchronized List<String> schemas(String catalog) {
    return List.copyOf(schemasOf(catalog).keySet());
  }

  /** What CREATE SCHEMA set; empty for a schema that is not there. */
  public synchronized Optional<Map<String, String>> schemaProperties(
      String catalog, String schema) {
    return schema(catalog, schema).map(Schema::properties);
  }

  /** Whether the schema is new. */
  synchronized boolean createSchema(String catalog, String schema, Map<String, String> properties) {
    boolean created = schemasOf(catalog).putIfAbsent(key(schema), Schema.empty(properties)) == null;
    changed();
    return created;
  }

  synchronized void alterSchema(String catalog, String schema, Map<String, String> properties) {
    schemasOf(catalog)
        .computeIfPresent(
            key(schema), (name, old) -> new Schema(Map.copyOf(properties), old.relations()));
    changed();
  }

  synchronized void dropSchema(String catalog, String schema) {
    schemasOf(catalog).remove(key(schema));
    changed();
  }

  /** The tables and views of a schema; none for one that is not there. */
  public synchronized Map<String, Relation> relations(String catalog, String schema) {
    return schema(catalog, schema)
        .<Map<String, Relation>>map(found -> new TreeMap<>(found.relations()))
        .orElse(Map.of());
  }

  /** What a name in a schema stands for. */
  public synchronized Optional<Relation> relation(String catalog, String schema, String name) {
    return schema(catalog, schema)
        .flatMap(found -> Optional.ofNullable(found.relations().get(key(name))));
  }

  /** Sets what a name stands for. The schema must be there. */
  synchronized void put(String catalog, String schema, String name, Relation relation) {
    Schema found =
        schema(catalog, schema)
            .orElseThrow(() -> new IllegalStateException("no schema " + catalog + "." + schema));
    found.relations().put(key(name), relation);
    changed();
  }

  /**
   * Whether the name is new; it then stands for the relation.
   *
   * @throws IllegalStateException when there is no such schema
   */
  synchronized boolean putIfAbsent(String catalog, String schema, String name, Relation relation) {
    if (relation(catalog, schema, name).isPresent()) {
      return false;
    }
    put(catalog, schema, name, relation);
    return true;
  }

  /** Gives a relation another name, in one change; that must be free, and its schema there. */
  synchronized void rename(List<String> from, List<String> to) {
    Schema left = schema(from.get(0), from.get(1)).orElseThrow();
    Schema entered = schema(to.get(0), to.get(1)).orElseThrow();
    entered.relations().put(key(to.get(2)), left.relations().remove(key(from.get(2))));
    changed();
  }

  /** Takes a name from a relation; whether it stood for that one. */
  synchronized boolean remove(String catalog, String schema, String name, Relation relation) {
    boolean removed =
        schema(catalog, schema)
            .map(found -> found.relations().remove(key(name), relation))
            .orElse(false);
    if (removed) {
      changed();
    }
    return removed;
  }

  private Optional<Schema> schema(String catalog, String schema) {
    return Optional.ofNullable(schemasOf(catalog).get(key(schema)));
  }

  private SortedMap<String, Schema> schemasOf(String catalog) {
    SortedMap<String, Schema> schemas = catalogs.get(key(catalog));
    return schemas == null ? new TreeMap<>() : schemas;
  }

  private void changed() {
    onChange.accept(catalogs);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
