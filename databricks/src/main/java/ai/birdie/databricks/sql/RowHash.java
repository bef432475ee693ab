package ai.birdie.databricks.sql;

import ai.birdie.databricks.name.Identifiers;
import java.util.List;
import java.util.Locale;

/**
 * The expression of a row's hash: the XOR over its columns of {@code xxhash64(name, value)}, or
 * nothing where the value is NULL. So NULLs do not cancel out, values that move to another column
 * show, and a new column without values changes nothing.
 */
final class RowHash {

  private RowHash() {}

  static String of(List<Column> columns) {
    return columns.isEmpty() ? "0L" : xor(columns);
  }

  /** As a balanced tree, because a warehouse's parser descends once for each level. */
  private static String xor(List<Column> columns) {
    if (columns.size() == 1) {
      return term(columns.get(0));
    }
    int half = columns.size() / 2;
    return "("
        + xor(columns.subList(0, half))
        + " ^ "
        + xor(columns.subList(half, columns.size()))
        + ")";
  }

  private static String term(Column column) {
    String c = Identifiers.quote(column.name());
    return "IF("
        + c
        + " IS NULL, 0L, xxhash64("
        + Identifiers.literal(column.name())
        + ", "
        + hashable(c, column.typeText().toUpperCase(Locale.ROOT))
        + "))";
  }

  /** The functions refuse a MAP, because it has no order, and a VARIANT, because it has no type. */
  private static String hashable(String c, String type) {
    if (type.contains("VARIANT")) {
      return "to_json(" + c + ")";
    }
    if (!type.contains("MAP<")) {
      return c;
    }
    boolean flat = type.startsWith("MAP<") && type.indexOf("MAP<", 1) < 0;
    return flat ? "array_sort(map_entries(" + c + "))" : "to_json(" + c + ")";
  }
}
