package ai.birdie.core.kind;

import static java.util.Objects.requireNonNull;

/**
 * One field of a kind.
 *
 * @param name the column's name, matched without regard to case
 * @param type what the kind's view presents it as
 * @param need whether a row must have it
 * @param meaning one line for the people who fill the table
 */
public record Field(String name, FieldType type, Need need, String meaning) {

  /** Whether a row of the kind must have the field. */
  public enum Need {
    REQUIRED,
    OPTIONAL
  }

  public Field {
    requireNonNull(type);
    requireNonNull(need);
    requireNonNull(meaning);
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("Not a field name: " + name);
    }
  }
}
