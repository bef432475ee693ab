package ai.birdie.databricks.sql;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.contract.Shape;
import ai.birdie.core.contract.SourceColumn;
import java.util.Locale;

/**
 * A column as the manifest declares it.
 *
 * @param name as the table spells it
 * @param typeText the type in SQL, such as {@code DECIMAL(12,2)}
 */
public record Column(String name, String typeText) {

  public Column {
    requireNonNull(name);
    requireNonNull(typeText);
  }

  /** The column as contracts know it. */
  public SourceColumn asSource() {
    return new SourceColumn(name, shape());
  }

  private Shape shape() {
    String word = typeText.strip().toUpperCase(Locale.ROOT).split("[^A-Z_]", 2)[0];
    return switch (word) {
      case "STRING", "VARCHAR", "CHAR" -> Shape.TEXT;
      case "TINYINT", "BYTE", "SMALLINT", "SHORT", "INT", "INTEGER", "BIGINT", "LONG" ->
          Shape.WHOLE;
      case "DECIMAL", "DEC", "NUMERIC" -> Shape.DECIMAL;
      case "FLOAT", "REAL", "DOUBLE" -> Shape.FLOATING;
      case "BOOLEAN" -> Shape.TRUTH;
      case "DATE" -> Shape.DATE;
      case "TIMESTAMP", "TIMESTAMP_LTZ" -> Shape.TIMESTAMP;
      case "TIMESTAMP_NTZ" -> Shape.LOCAL_TIMESTAMP;
      case "BINARY" -> Shape.BYTES;
      case "VOID" -> Shape.NOTHING;
      default -> Shape.OTHER;
    };
  }
}
