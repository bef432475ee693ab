package ai.birdie.core.receipt;

import static java.util.Objects.requireNonNull;

/** What the source says that a window holds, when it is asked apart from reading the rows. */
public record ControlTotal(String statementId, Total total) {

  public ControlTotal {
    requireNonNull(statementId);
    requireNonNull(total);
  }

  /** What the same statement said of both. */
  public ControlTotal plus(ControlTotal other) {
    return new ControlTotal(statementId, total.plus(other.total));
  }
}
