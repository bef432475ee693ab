package ai.birdie.core.ingest;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.window.Window;
import java.util.List;

/**
 * What comparing all of a feed with its source came to.
 *
 * @param compared how many buckets were compared
 * @param differed those that were not the same on both sides when they were compared first
 * @param remaining those that still are not, after they were read again
 * @param held what the source held of all of them when they were compared last
 * @param report what reading them did
 */
public record Reconciliation(
    int compared,
    List<Window> differed,
    List<Window> remaining,
    ControlTotal held,
    RunReport report) {

  public Reconciliation {
    requireNonNull(held);
    requireNonNull(report);
    differed = List.copyOf(differed);
    remaining = List.copyOf(remaining);
  }

  /** The same, after what a run did before it compared. */
  Reconciliation after(RunReport before) {
    return new Reconciliation(compared, differed, remaining, held, before.plus(report));
  }

  /** The same, before what a run did once it had compared. */
  Reconciliation before(RunReport after) {
    return new Reconciliation(compared, differed, remaining, held, report.plus(after));
  }

  /** Whether the store holds now what the source does. */
  public boolean balances() {
    return remaining.isEmpty();
  }
}
