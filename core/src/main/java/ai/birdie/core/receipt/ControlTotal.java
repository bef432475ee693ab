package ai.birdie.core.receipt;

import static java.util.Objects.requireNonNull;

/** What the source says that a window holds, when it is asked apart from reading the rows. */
public record ControlTotal(String statementId, Total total) {

  public ControlTotal {
    requireNonNull(statementId);
    requireNonNull(total);
  }

  /**
   * What the source lacks of rows that a store keeps: each counts as one event by which it went.
   */
  public ControlTotal lacking(Total kept) {
    Total lacked = kept.minus(total);
    return new ControlTotal(statementId, new Total(lacked.rows(), lacked.hashSum().negate()));
  }

  /** What the same statement said of both. */
  public ControlTotal plus(ControlTotal other) {
    return new ControlTotal(statementId, total.plus(other.total));
  }
}
