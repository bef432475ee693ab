package ai.birdie.duckdb;

import java.util.List;
import java.util.stream.Collectors;

/** A row's columns as one JSON object, in SQL. */
final class RowJson {

  private RowJson() {}

  /** The object of those columns, ours left out. */
  static String of(List<Column> columns) {
    return columns.stream()
        .filter(column -> !column.ours())
        .map(column -> Sql.text(column.name()) + ", " + value(column))
        .collect(Collectors.joining(", ", "json_object(", ")"));
  }

  private static String value(Column column) {
    String name = Sql.name(column.name());
    return switch (column.type()) {
      case "BLOB" -> "base64(" + name + ")";
      case "DOUBLE", "FLOAT" -> // JSON has no NaN and no infinity
          "CASE WHEN isfinite(" + name + ") THEN " + name + " END";
      default -> name;
    };
  }
}
