package ai.birdie.testkit.simulation;

import java.util.List;
import java.util.Set;

/**
 * How a store ended, compared with its source.
 *
 * @param findings the records that differ; none where the two are equal
 * @param unbalanced the windows whose receipts do not agree with the store
 */
public record Verdict(List<Finding> findings, Set<Long> unbalanced) {

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

  /** How many records have that fault though they were seen no later than {@code lateness}. */
  public long countWithin(long lateness, Fault fault) {
    return findings.stream()
        .filter(finding -> finding.fault() == fault && finding.lateness() <= lateness)
        .count();
  }
}
