package ai.birdie.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;

/** How often a way of reading failed, over many histories. */
public final class Score {

  private final Map<Fault, Long> records = new EnumMap<>(Fault.class);
  private final Map<Fault, Long> histories = new EnumMap<>(Fault.class);
  private long played;
  private long rows;

  /** Adds one history. */
  public void add(Scenario scenario, Verdict verdict) {
    played++;
    rows += scenario.table().at(scenario.table().lastVersion()).count();
    for (Fault fault : Fault.values()) {
      long count = verdict.count(fault);
      records.merge(fault, count, Long::sum);
      histories.merge(fault, count > 0 ? 1L : 0L, Long::sum);
    }
  }

  /** Adds all histories of another score. */
  public void add(Score other) {
    played += other.played;
    rows += other.rows;
    other.records.forEach((fault, count) -> records.merge(fault, count, Long::sum));
    other.histories.forEach((fault, count) -> histories.merge(fault, count, Long::sum));
  }

  /** How many histories there were. */
  public long played() {
    return played;
  }

  /** The share of the histories in which some record had that fault, from 0 to 1. */
  public double share(Fault fault) {
    return (double) histories.getOrDefault(fault, 0L) / played;
  }

  /** How many of ten thousand records of the source had that fault. */
  public double perTenThousand(Fault fault) {
    return 10_000.0 * records.getOrDefault(fault, 0L) / rows;
  }
}
