package ai.birdie.databricks.sample;

import ai.birdie.core.contract.Row;
import ai.birdie.core.contract.SourceColumn;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.sql.Column;
import ai.birdie.databricks.statement.Counts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What some of a table's rows hold.
 *
 * @param columns the table's, in its order
 * @param counted of how many rows there are counts
 * @param rows fewer of them, with their values
 */
public record TableSample(List<Counted> columns, long counted, List<Row> rows) {

  public TableSample {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * A column and what was counted of it.
   *
   * @param typeText its type in SQL
   * @param present how many rows have a value
   * @param different about how many different values there are; empty where that cannot be told
   */
  public record Counted(
      SourceColumn column, String typeText, long present, Optional<Long> different) {}

  /** Prints no value. */
  @Override
  public String toString() {
    return "TableSample of " + rows.size() + " rows";
  }

  /**
   * Understands the answers to the statements of a sample.
   *
   * @param counts the one line of counts
   * @param values the rows
   * @param purpose what was asked for, for failures
   */
  public static TableSample of(
      List<Column> columns,
      List<Optional<String>> counts,
      List<List<Optional<String>>> values,
      String purpose) {
    Counts numbers = new Counts(counts, purpose);
    List<Counted> counted = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      counted.add(
          new Counted(
              column.asSource(),
              column.typeText(),
              numbers.number(1 + 2 * i),
              numbers.optional(2 + 2 * i)));
    }
    List<Row> rows = values.stream().map(line -> row(columns, line, purpose)).toList();
    return new TableSample(counted, numbers.number(0), rows);
  }

  private static Row row(List<Column> columns, List<Optional<String>> line, String purpose) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      line.get(i).ifPresent(text -> values.put(column.name(), value(column, text, purpose)));
    }
    return column -> Optional.ofNullable(values.get(column));
  }

  private static Object value(Column column, String text, String purpose) {
    try {
      return ExactValue.of(column.asSource().shape(), text);
    } catch (RuntimeException e) {
      // without its cause, whose text would repeat the value
      throw DatabricksErrors.incomplete(
          purpose,
          "a value of the column " + column.name() + " is none of the type " + column.typeText());
    }
  }
}
