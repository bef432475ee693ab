package ai.birdie.databricks.sql;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.contract.Binding;
import ai.birdie.core.contract.FieldValue;
import ai.birdie.core.contract.Shape;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.kind.FieldType;
import ai.birdie.databricks.name.Identifiers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statement that creates a view in which a table's columns are called as a kind's fields.
 *
 * @param table what the view reads
 * @param columns the table's
 * @param bindings which column holds which field
 * @param kept columns that stay under their own names, whatever field they hold too
 */
public record ViewSql(
    TableName table, List<Column> columns, List<Binding> bindings, List<String> kept) {

  public ViewSql {
    requireNonNull(table);
    columns = List.copyOf(columns);
    bindings = List.copyOf(bindings);
    kept = List.copyOf(kept);
  }

  /**
   * The statement, one column a line. What a cast could lose stays as it is: a text that is no
   * number is then found by the contract, with its row, and does not become NULL here.
   */
  public String create(TableName view) {
    String items =
        items().entrySet().stream()
            .map(item -> "  " + named(item.getValue(), Identifiers.quote(item.getKey())))
            .collect(Collectors.joining(",\n"));
    return "CREATE VIEW "
        + Identifiers.path(view.parts())
        + (" AS SELECT\n" + items + "\nFROM ")
        + Identifiers.path(table.parts());
  }

  private static String named(String value, String name) {
    return value.equals(name) ? value : value + " AS " + name;
  }

  /** Columns that get another name, because a field has theirs: by their own. */
  public Map<String, String> renamed() {
    Map<String, String> renamed = new LinkedHashMap<>();
    Set<String> taken = taken();
    for (Column column : others()) {
      String name = free(column.name(), taken);
      if (!name.equals(column.name())) {
        renamed.put(column.name(), name);
      }
    }
    return renamed;
  }

  private Map<String, String> items() {
    Map<String, String> items = new LinkedHashMap<>();
    bindings.forEach(binding -> items.put(binding.field().name(), value(binding)));
    Set<String> taken = taken();
    others()
        .forEach(column -> items.put(free(column.name(), taken), Identifiers.quote(column.name())));
    return items;
  }

  private Set<String> taken() {
    return bindings.stream()
        .map(binding -> key(binding.field().name()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Columns that hold no field, and those that are kept. */
  private List<Column> others() {
    List<Column> others = new ArrayList<>();
    for (Column column : columns) {
      boolean asField =
          bindings.stream()
              .filter(binding -> same(binding.column().name(), column.name()))
              .anyMatch(binding -> !isKept(column) || same(binding.field().name(), column.name()));
      if (!asField) {
        others.add(column);
      }
    }
    return others;
  }

  private boolean isKept(Column column) {
    return kept.stream().anyMatch(name -> same(name, column.name()));
  }

  private static boolean same(String name, String other) {
    return name.equalsIgnoreCase(other);
  }

  private static String free(String name, Set<String> taken) {
    String candidate = name;
    for (int i = 1; !taken.add(key(candidate)); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String value(Binding binding) {
    String c = Identifiers.quote(binding.column().name());
    if (!binding.words().isEmpty()) {
      return meant(binding, "CAST(" + c + " AS STRING)");
    }
    Shape shape = binding.shape();
    if (binding.unit().isPresent() && shape == Shape.WHOLE) {
      return counted(c, binding.unit().get().micros());
    }
    boolean digits = shape == Shape.WHOLE || shape == Shape.DECIMAL || shape == Shape.TRUTH;
    return binding.field().type() == FieldType.TEXT && digits ? "CAST(" + c + " AS STRING)" : c;
  }

  private static String meant(Binding binding, String text) {
    String cases =
        binding.words().entrySet().stream()
            .map(word ->
                " WHEN "
                    + Identifiers.literal(word.getKey())
                    + " THEN "
                    + Identifiers.literal(word.getValue()))
            .collect(Collectors.joining());
    return "CASE lower(trim(BOTH ' \\t\\n\\r' FROM "
        + text
        + "))"
        + cases
        + (" ELSE " + text + " END");
  }

  /** A number beyond the times that are taken would fail the whole statement. */
  private static String counted(String c, long unit) {
    return "CASE WHEN %1$s BETWEEN %2$dL AND %3$dL THEN timestamp_micros(%1$s * %4$dL) END"
        .formatted(c, FieldValue.EARLIEST / unit, FieldValue.LATEST / unit, unit);
  }
}
