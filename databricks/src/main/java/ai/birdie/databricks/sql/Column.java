package ai.birdie.databricks.sql;

import static java.util.Objects.requireNonNull;

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
}
