package ai.birdie.databricks.name;

import ai.birdie.core.error.ConfigException;
import java.util.List;
import java.util.stream.Collectors;

/** Quotes names and texts for SQL. Nothing else in the product does. */
public final class Identifiers {

  /** Databricks' own limit for the name of an object is 255 characters. */
  private static final int LONGEST = 255;

  private Identifiers() {}

  /**
   * The name in back-ticks.
   *
   * @throws ai.birdie.core.error.ConfigException if it is empty, too long, has control characters,
   *     or is not valid Unicode
   */
  public static String quote(String name) {
    return "`" + checked(name).replace("`", "``") + "`";
  }

  /** The parts of a name, each quoted, joined by dots. */
  public static String path(List<String> parts) {
    return parts.stream().map(Identifiers::quote).collect(Collectors.joining("."));
  }

  /**
   * A column's name as a string literal.
   *
   * @throws ai.birdie.core.error.ConfigException as {@link #quote}
   */
  public static String literal(String name) {
    return escaped(checked(name));
  }

  /**
   * A whole name, its parts quoted, as a string literal.
   *
   * @throws ai.birdie.core.error.ConfigException as {@link #quote}
   */
  public static String pathLiteral(List<String> parts) {
    return escaped(path(parts));
  }

  private static String escaped(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String checked(String name) {
    boolean bad =
        name.codePoints()
            .anyMatch(
                c -> Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= 0xDFFF));
    if (name.isEmpty() || name.length() > LONGEST || bad) {
      throw new ConfigException(
          "A name of a table or column is empty, too long, or has control characters.",
          "Read a view that gives it another name.");
    }
    return name;
  }
}
