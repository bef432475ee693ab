package ai.birdie.duckdb;

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
}
