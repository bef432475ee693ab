package ai.birdie.testkit.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a store ended, compared with its source.
 *
 * @param findings the records that differ; none where the two are equal
 * @param unbalanced the windows whose receipts do not agree with the store
 * @param unproved how many windows were landed though the source gave other rows each time
 * @param reach how late a row may have been seen that ordinary runs promise to find
 */
public record Verdict(List<Finding> findings, Set<Long> unbalanced, long unproved, long reach) {

  public Verdict {
    findings = List.copyOf(findings);
    unbalanced = Set.copyOf(unbalanced);
  }

  /** What of this verdict is not in {@code other}. */
  Verdict without(Verdict other) {
    List<Finding> more = new ArrayList<>(findings);
    more.removeAll(other.findings);
    Set<Long> wrong = new TreeSet<>(unbalanced);
    wrong.removeAll(other.unbalanced);
    return new Verdict(more, wrong, Math.max(0, unproved - other.unproved), reach);
  }

  /** Whether the store holds what the source holds, and can prove it. */
  public boolean clean() {
    return findings.isEmpty() && unbalanced.isEmpty();
  }

  /**
   * Whether the store holds every record of the source once, as it is there, and can prove it; it
   * may hold others that the source has no longer.
   */
  public boolean current() {
    return unbalanced.isEmpty()
        && findings.stream().allMatch(finding -> finding.fault() == Fault.GHOST);
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

  /** Whether no row is stale of which the source's version was seen within the lag. */
  boolean fresh() {
    return findings.stream()
        .noneMatch(found -> found.fault() == Fault.STALE && found.lateness() <= reach);
  }

  /** Such as {@code 2 lost, 1 stale, 3 receipts wrong}; empty for a clean one. */
  public String describe() {
    Stream<String> faults =
        Arrays.stream(Fault.values())
            .filter(fault -> count(fault) > 0)
            .map(fault -> count(fault) + " " + fault.label());
    Stream<String> receipts =
        unbalanced.isEmpty() ? Stream.of() : Stream.of(unbalanced.size() + " receipts wrong");
    Stream<String> windows = unproved == 0 ? Stream.of() : Stream.of(unproved + " unproved");
    return Stream.of(faults, receipts, windows)
        .flatMap(words -> words)
        .collect(Collectors.joining(", "));
  }

  private boolean breaksThePromise(Finding finding) {
    return switch (finding.fault()) {
      case LOST -> finding.lateness() <= reach;
      case DOUBLED -> true;
      case STALE, GHOST -> false;
    };
  }
}
