package ai.birdie.testkit;

import ai.birdie.core.receipt.Total;
import java.util.Collection;

/**
 * An event of the test source's change feed.
 *
 * @param copies 1 where the row came, -1 where it went
 */
public record RowChange(FeedbackRow row, int copies) {

  public RowChange {
    if (copies != 1 && copies != -1) {
      throw new IllegalArgumentException("A row comes, or it goes");
    }
  }

  /** The row came. */
  public static RowChange came(FeedbackRow row) {
    return new RowChange(row, 1);
  }

  /** The row went. */
  public static RowChange went(FeedbackRow row) {
    return new RowChange(row, -1);
  }

  /** The total of some events. */
  public static Total total(Collection<RowChange> events) {
    RunningTotal total = new RunningTotal();
    events.forEach(event -> total.add(1, event.row().hash(), event.copies()));
    return total.total();
  }
}
