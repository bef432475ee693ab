package ai.birdie.databricks.sql;

import static java.util.Objects.requireNonNull;

/**
 * A typed value for a named marker of a statement. Its value is not shown: it may come out of a
 * row.
 *
 * @param name the marker's name, without its colon
 * @param type a SQL type; the value is cast to it
 */
public record Parameter(String name, String value, String type) {

  public Parameter {
    requireNonNull(value);
    requireNonNull(type);
    if (!name.matches("[a-z][a-z_]*")) {
      throw new IllegalArgumentException("Not the name of a marker: " + name);
    }
  }

  /** A text. */
  public static Parameter string(String name, String value) {
    return new Parameter(name, value, "STRING");
  }

  /** A whole number. */
  public static Parameter bigint(String name, long value) {
    return new Parameter(name, Long.toString(value), "BIGINT");
  }

  @Override
  public String toString() {
    return ":" + name + " " + type;
  }
}
