package ai.birdie.databricks.sql;

import ai.birdie.core.ingest.BatchReader;
import ai.birdie.databricks.name.Identifiers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The table's columns as they are selected: each by its name, or by another one where that is ours
 * or taken.
 *
 * @param sql the list's text
 * @param exactText the list's text where values are to come as text that loses nothing
 * @param names what the columns are called in the result, in the table's order
 * @param renamed one line for each column that got another name
 */
public record SelectList(String sql, String exactText, List<String> names, List<String> renamed) {

  /**
   * What comes beside the source's columns, what a store puts there, and the row's number that a
   * store has of its own.
   */
  private static final List<String> OURS =
      List.of(
          BatchReader.CURSOR,
          BatchReader.ROW_HASH,
          BatchReader.CHANGE,
          "_window",
          "_violations",
          "rowid");

  public SelectList {
    names = List.copyOf(names);
    renamed = List.copyOf(renamed);
  }

  /** The list of all {@code columns}. */
  public static SelectList of(List<Column> columns) {
    Set<String> taken = new HashSet<>(OURS);
    columns.forEach(column -> taken.add(key(column.name())));
    Set<String> used = new HashSet<>(OURS);
    List<String> items = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> renamed = new ArrayList<>();
    for (Column column : columns) {
      String name = column.name();
      for (int i = 1; !used.add(key(name)); i++) {
        String candidate = column.name() + "_" + i;
        name = taken.contains(key(candidate)) ? name : candidate;
      }
      names.add(name);
      texts.add(ExactText.of(column) + " AS " + Identifiers.quote(name));
      if (name.equals(column.name())) {
        items.add(Identifiers.quote(name));
      } else {
        items.add(Identifiers.quote(column.name()) + " AS " + Identifiers.quote(name));
        renamed.add(
            "The column "
                + column.name()
                + " is landed as "
                + name
                + ", because its name is taken.");
      }
    }
    return new SelectList(String.join(", ", items), String.join(", ", texts), names, renamed);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
