package ai.birdie.workspace.access;

import java.util.List;
import java.util.Locale;

/**
 * What a privilege is granted on.
 *
 * @param kind its sort
 * @param path its name's parts, catalog first, in lower case
 */
public record Securable(Kind kind, List<String> path) {
  /** Sorts of securables, as GRANT names them. */
  public enum Kind {
    CATALOG("Catalog", 1),
    SCHEMA("Schema", 2),
    TABLE("Table", 3),
    VIEW("View", 3);

    private final String title;
    private final int parts;

    Kind(String title, int parts) {
      this.title = title;
      this.parts = parts;
    }
  }

  public Securable {
    path = path.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
    if (path.size() != kind.parts) {
      throw new IllegalArgumentException(kind + " name with " + path.size() + " parts: " + path);
    }
  }

  /** The catalog of that name. */
  public static Securable catalog(String catalog) {
    return new Securable(Kind.CATALOG, List.of(catalog));
  }

  /** The schema of that name. */
  public static Securable schema(String catalog, String schema) {
    return new Securable(Kind.SCHEMA, List.of(catalog, schema));
  }

  /** The name with dots, as messages show it. */
  public String fullName() {
    return String.join(".", path);
  }

  /** Such as {@code Table 'main.feedback.nps'}. */
  public String described() {
    return kind.title + " '" + fullName() + "'";
  }

  /** Tables and views share their names: a grant on one is found under the other. */
  String key() {
    return fullName();
  }
}
