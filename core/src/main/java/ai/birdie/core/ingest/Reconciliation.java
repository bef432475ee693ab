package ai.birdie.core.ingest;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Window;
import java.util.List;

/**
 * What comparing all of a feed with its source came to.
 *
 * @param compared the buckets that were compared
 * @param differed those that were not the same on both sides when they were compared first
 * @param remaining those that still are not, after they were read again
 * @param held what the source held of all of them when they were compared last
 * @param gone how many rows are kept in them although the source has them no longer
 * @param followed what bringing the feed up to date did, before anything was compared
 * @param report what reading again did
 */
public record Reconciliation(
    List<Window> compared,
    List<Window> differed,
    List<Window> remaining,
    ControlTotal held,
    long gone,
    RunReport followed,
    RunReport report) {

  public Reconciliation {
    requireNonNull(held);
    requireNonNull(followed);
    requireNonNull(report);
    compared = List.copyOf(compared);
    differed = List.copyOf(differed);
    remaining = List.copyOf(remaining);
  }

  /** The same, after the feed was brought up to date. */
  Reconciliation precededBy(RunReport run) {
    return new Reconciliation(compared, differed, remaining, held, gone, run, report);
  }

  /** The same, and what was done once it had compared. */
  Reconciliation followedBy(RunReport run) {
    return new Reconciliation(
        compared, differed, remaining, held, gone, followed, report.plus(run));
  }

  /** The same, of a store that is known to keep so many rows that the source has no longer. */
  Reconciliation withGone(long rows) {
    return new Reconciliation(compared, differed, remaining, held, rows, followed, report);
  }

  /** The same, once these have left. */
  Reconciliation withDeparture(Receipt departed) {
    return withGone(0).followedBy(RunReport.empty(report.feed(), List.of()).plus(departed));
  }

  /** The rows that are kept although the source has them no longer. */
  Window.Gone goneRows() {
    return new Window.Gone(compared.get(0).horizon(), compared);
  }

  /** Whether the store holds now what the source does. */
  public boolean balances() {
    return remaining.isEmpty();
  }
}
