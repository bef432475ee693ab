package ai.birdie.core.contract;

import static java.util.Objects.requireNonNull;

/**
 * One way in which a row breaks its contract. It names the field and the rule, and what was found
 * in class, never the value.
 */
public record Violation(String field, String rule, String found) {

  public Violation {
    requireNonNull(field);
    requireNonNull(rule);
    requireNonNull(found);
  }

  /** The form in which it is stored with the row: {@code field:rule:found}. */
  @Override
  public String toString() {
    return field + ":" + rule + ":" + found;
  }

  /** The violation that {@link #toString} printed. */
  public static Violation parse(String text) {
    int found = text.lastIndexOf(':');
    int rule = text.lastIndexOf(':', found - 1);
    if (rule < 0) {
      throw new IllegalArgumentException("Not a violation");
    }
    return new Violation(
        text.substring(0, rule), text.substring(rule + 1, found), text.substring(found + 1));
  }
}
