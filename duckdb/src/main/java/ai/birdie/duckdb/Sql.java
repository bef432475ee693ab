package ai.birdie.duckdb;

import java.util.Collection;
import java.util.stream.Collectors;

/** DuckDB's own way to write names and texts. */
final class Sql {

  private Sql() {}

  /** A name, quoted. */
  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A text literal. */
  static String text(String value) {
    return '\'' + value.replace("'", "''") + '\'';
  }

  /** Names, quoted, with commas between them. */
  static String names(Collection<String> identifiers) {
    return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
  }
}
