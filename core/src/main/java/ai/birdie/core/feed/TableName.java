package ai.birdie.core.feed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The name of a table or view, part by part and unquoted.
 *
 * @param catalog absent only where the workspace has no Unity Catalog
 */
public record TableName(Optional<String> catalog, String schema, String table) {

  /** The catalog under which a workspace with Unity Catalog shows its older Hive metastore. */
  public static final String HIVE_METASTORE = "hive_metastore";

  /** Databricks' own limit for the name of an object is 255 characters. */
  private static final int LONGEST_PART = 255;

  public TableName {
    catalog.ifPresent(TableName::check);
    check(schema);
    check(table);
  }

  /** The parts, outermost first. */
  public List<String> parts() {
    return Stream.concat(catalog.stream(), Stream.of(schema, table)).toList();
  }

  /** Whether the name lies in the older Hive metastore, which has privileges of its own. */
  public boolean inHiveMetastore() {
    return catalog.map(HIVE_METASTORE::equalsIgnoreCase).orElse(true);
  }

  /** The name with dots, for people; it is not quoted, and not for SQL. */
  @Override
  public String toString() {
    return String.join(".", parts());
  }

  private static void check(String part) {
    boolean control = part.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
    if (part.isBlank() || part.length() > LONGEST_PART || control) {
      throw new IllegalArgumentException(
          "A name in a workspace has 1 to 255 characters, no control characters among them");
    }
  }
}
