package ai.birdie.testkit.simulation;

import ai.birdie.testkit.FeedbackRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what a store holds with what its source holds, row by row. */
final class Oracle {

  private final Scenario scenario;

  Oracle(Scenario scenario) {
    this.scenario = scenario;
  }

  /**
   * Judges the rows of a store by the source's at its last version.
   *
   * @param unbalanced the windows whose receipts do not agree with the store
   * @param unproved how many windows were landed without proof
   */
  Verdict judge(Collection<FeedbackRow> held, Set<Long> unbalanced, long unproved) {
    long reach = scenario.scale().reach(scenario.feed().lag());
    return new Verdict(compare(held), unbalanced, unproved, reach);
  }

  private List<Finding> compare(Collection<FeedbackRow> held) {
    Map<Identity, List<FeedbackRow>> store = byIdentity(held);
    List<Finding> findings = new ArrayList<>();
    source()
        .forEach((identity, row) -> {
          List<FeedbackRow> found = Optional.ofNullable(store.remove(identity)).orElse(List.of());
          fault(row.row(), found)
              .ifPresent(
                  fault -> findings.add(new Finding(fault, identity, scenario.lateness(row))));
        });
    store.keySet().forEach(record -> findings.add(new Finding(Fault.GHOST, record, 0)));
    return findings;
  }

  private static Optional<Fault> fault(FeedbackRow row, List<FeedbackRow> found) {
    if (found.isEmpty()) {
      return Optional.of(Fault.LOST);
    }
    if (!found.contains(row)) {
      return Optional.of(Fault.STALE);
    }
    return found.size() > 1 ? Optional.of(Fault.DOUBLED) : Optional.empty();
  }

  private Map<Identity, RowVersion> source() {
    Identities identities = new Identities();
    Map<Identity, RowVersion> rows = new LinkedHashMap<>();
    scenario
        .table()
        .at(scenario.table().lastVersion())
        .forEach(row -> rows.put(identities.of(row.row()), row));
    return rows;
  }

  private static Map<Identity, List<FeedbackRow>> byIdentity(Collection<FeedbackRow> held) {
    Identities identities = new Identities();
    Map<Identity, List<FeedbackRow>> rows = new HashMap<>();
    for (FeedbackRow row : held) {
      rows.computeIfAbsent(identities.of(row), record -> new ArrayList<>()).add(row);
    }
    return rows;
  }
}
