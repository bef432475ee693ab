package ai.birdie.duckdb;

import ai.birdie.core.contract.Shape;
import ai.birdie.core.contract.SourceColumn;
import java.util.List;
import java.util.Locale;

/** A column of a landing table: its name as the source spells it, and DuckDB's type for it. */
record Column(String name, String type) {

  /** Ours, beside the source's columns. */
  static final List<Column> OURS =
      List.of(new Column("_window", "BIGINT"), new Column("_violations", "VARCHAR[]"));

  /** Whether it is one of those that we add to the source's. */
  boolean ours() {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "_cursor", "_row_hash", "_window", "_violations" -> true;
      default -> false;
    };
  }

  boolean named(String other) {
    return name.equalsIgnoreCase(other);
  }

  String definition() {
    return Sql.name(name) + " " + type;
  }

  /** The column as contracts know it. */
  SourceColumn asSource() {
    return new SourceColumn(name, shape());
  }

  private Shape shape() {
    if (type.endsWith("]")) {
      return Shape.OTHER;
    }
    String word = type.startsWith("DECIMAL(") ? "DECIMAL" : type;
    return switch (word) {
      case "VARCHAR" -> Shape.TEXT;
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" -> Shape.WHOLE;
      case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT" -> Shape.WHOLE;
      case "DECIMAL" -> Shape.DECIMAL;
      case "FLOAT", "DOUBLE" -> Shape.FLOATING;
      case "BOOLEAN" -> Shape.TRUTH;
      case "DATE" -> Shape.DATE;
      case "TIMESTAMP WITH TIME ZONE" -> Shape.TIMESTAMP;
      case "TIMESTAMP" -> Shape.LOCAL_TIMESTAMP;
      case "BLOB" -> Shape.BYTES;
      case "\"NULL\"" -> Shape.NOTHING;
      default -> Shape.OTHER;
    };
  }
}
