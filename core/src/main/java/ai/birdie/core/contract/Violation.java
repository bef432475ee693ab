package ai.birdie.core.contract;

import static java.util.Objects.requireNonNull;

/** One way in which a row breaks its contract. It names the field and the rule, never the value. */
public record Violation(String field, String rule) {

  public Violation {
    requireNonNull(field);
    requireNonNull(rule);
  }

  /** The form in which it is stored with the row: {@code field:rule}. */
  @Override
  public String toString() {
    return field + ":" + rule;
  }
}
