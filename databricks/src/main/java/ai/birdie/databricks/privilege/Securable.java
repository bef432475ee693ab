package ai.birdie.databricks.privilege;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.name.Identifiers;
import java.util.List;
import java.util.Locale;

/**
 * Something that rights are granted on.
 *
 * @param kind its sort
 * @param path its name's parts, outermost first and unquoted; none for the metastore
 */
public record Securable(Kind kind, List<String> path) {

  /** Sorts of securables. Views count as tables, as they do in GRANT. */
  public enum Kind {
    METASTORE,
    CATALOG,
    SCHEMA,
    TABLE;

    /** The sort in lower case, as the REST API has it in paths. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final Securable METASTORE = new Securable(Kind.METASTORE, List.of());

  public Securable {
    requireNonNull(kind);
    path = List.copyOf(path);
  }

  /** The schema of a table or view. */
  public static Securable schemaOf(TableName table) {
    List<String> parts = table.parts();
    return new Securable(Kind.SCHEMA, parts.subList(0, parts.size() - 1));
  }

  /**
   * The catalog of a table or view.
   *
   * @throws IllegalArgumentException if its name has none
   */
  public static Securable catalogOf(TableName table) {
    return new Securable(
        Kind.CATALOG,
        List.of(table.catalog().orElseThrow(() -> new IllegalArgumentException("No catalog"))));
  }

  /** The table or view itself. */
  public static Securable of(TableName table) {
    return new Securable(Kind.TABLE, table.parts());
  }

  /** Whether a right on this holds for the other too: for itself, and for all that is in it. */
  public boolean encloses(Securable other) {
    int depth = path.size();
    return depth <= other.path.size() && path.equals(other.path.subList(0, depth));
  }

  /** The name with dots, as the REST API has it; not for SQL. */
  public String fullName() {
    return String.join(".", path);
  }

  /** As it stands in a GRANT: its sort, and its name quoted. */
  public String sql() {
    return path.isEmpty() ? kind.name() : kind.name() + " " + Identifiers.path(path);
  }

  /** For people: {@code schema main.voc}. */
  @Override
  public String toString() {
    return path.isEmpty() ? "the metastore" : kind.word() + " " + fullName();
  }
}
