package ai.birdie.workspace.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a privilege is granted on.
 *
 * @param kind its sort
 * @param path its name's parts, catalog first, in lower case
 */
public record Securable(Kind kind, List<String> path) {
  /** The catalog of tables from before Unity Catalog, with rights of its own. */
  public static final String LEGACY_CATALOG = "hive_metastore";

  /** The schema of each catalog that describes the catalog, and that everybody may read. */
  public static final String INFORMATION_SCHEMA = "information_schema";

  /** Sorts of securables, as GRANT names them. */
  public enum Kind {
    METASTORE("Metastore", 0),
    CATALOG("Catalog", 1),
    SCHEMA("Schema", 2),
    TABLE("Table", 3),
    VIEW("View", 3),
    FUNCTION("Routine", 3);

    private final String title;
    private final int parts;

    Kind(String title, int parts) {
      this.title = title;
      this.parts = parts;
    }

    /** How many parts its full name has. */
    public int parts() {
      return parts;
    }
  }

  public Securable {
    path = path.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
    if (path.size() != kind.parts) {
      throw new IllegalArgumentException(kind + " name with " + path.size() + " parts: " + path);
    }
  }

  /** What holds all catalogs. */
  public static Securable metastore() {
    return new Securable(Kind.METASTORE, List.of());
  }

  /** The catalog of that name. */
  public static Securable catalog(String catalog) {
    return new Securable(Kind.CATALOG, List.of(catalog));
  }

  /** The schema of that name. */
  public static Securable schema(String catalog, String schema) {
    return new Securable(Kind.SCHEMA, List.of(catalog, schema));
  }

  /** The table of that name. */
  public static Securable table(String catalog, String schema, String table) {
    return new Securable(Kind.TABLE, List.of(catalog, schema, table));
  }

  /** The function of that name. */
  public static Securable function(String catalog, String schema, String function) {
    return new Securable(Kind.FUNCTION, List.of(catalog, schema, function));
  }

  /** What it is in, the nearest first: a table's schema, then its catalog. */
  public List<Securable> parents() {
    List<Securable> parents = new ArrayList<>();
    if (path.size() > 2) {
      parents.add(schema(path.get(0), path.get(1)));
    }
    if (path.size() > 1) {
      parents.add(catalog(path.get(0)));
    }
    return parents;
  }

  /** Whether rights on it are those of the older Hive metastore. */
  public boolean isLegacy() {
    return !path.isEmpty() && path.getFirst().equals(LEGACY_CATALOG);
  }

  /** Whether it is the information schema of a catalog, or in it. */
  public boolean isInformation() {
    return path.size() > 1 && path.get(1).equals(INFORMATION_SCHEMA) && !isLegacy();
  }

  /** Whether it is the other, or in it. */
  public boolean isWithin(Securable other) {
    return equals(other.asKey())
        || asKey().equals(other.asKey())
        || parents().contains(other.asKey());
  }

  /** The last part of its name. */
  public String name() {
    return path.isEmpty() ? "" : path.getLast();
  }

  /** The name with dots, as messages show it. */
  public String fullName() {
    return String.join(".", path);
  }

  /** The name as SQL writes it, each part in back-ticks. */
  String quotedName() {
    return "`" + String.join("`.`", path) + "`";
  }

  /** Such as {@code Table 'main.feedback.nps'}. */
  public String described() {
    return kind.title + " '" + fullName() + "'";
  }

  /** Tables and views share their names: a grant on one is found under the other. */
  Securable asKey() {
    return kind == Kind.VIEW ? new Securable(Kind.TABLE, path) : this;
  }
}
