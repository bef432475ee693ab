package ai.birdie.testkit.simulation;

import java.util.List;
import java.util.Set;

/**
 * How a store ended, compared with its source.
 *
 * @param findings the records that differ; none where the two are equal
 * @param unbalanced the windows whose receipts do not agree with the store
 * @param reach how late a row may have been seen that ordinary runs promise to find
 */
public record Verdict(List<Finding> findings, Set<Long> unbalanced, long reach) {

  public Verdict {
    findings = List.copyOf(findings);
    unbalanced = Set.copyOf(unbalanced);
  }

  /** Whether the store holds what the source holds, and can prove it. */
  public boolean clean() {
    return findings.isEmpty() && unbalanced.isEmpty();
  }

  /** How many records have that fault. */
  public long count(Fault fault) {
    return findings.stream().filter(finding -> finding.fault() == fault).count();
  }

  /**
   * Whether the store ended as ordinary runs by a cursor promise: no row is lost that was seen
   * within the lag, none is doubled, and every receipt is right.
   */
  public boolean kept() {
    return unbalanced.isEmpty() && findings.stream().noneMatch(this::breaksThePromise);
  }

  private boolean breaksThePromise(Finding finding) {
    return switch (finding.fault()) {
      case LOST -> finding.lateness() <= reach;
      case DOUBLED -> true;
      case STALE, GHOST -> false;
    };
  }
}
