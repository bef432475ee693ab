package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.receipt.Total;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what becomes of rows. */
final class Ends {

  private record End(Disposition disposition, Soundness soundness) {}

  private final Map<End, Total> totals = new LinkedHashMap<>();

  /** So many rows met this end; or so many less, where the total is negative. */
  void add(Disposition disposition, Soundness soundness, Total total) {
    totals.merge(new End(disposition, soundness), total, Total::plus);
  }

  /** One tally for each end that any row met. */
  List<Tally> tallies() {
    return totals.entrySet().stream()
        .filter(end -> end.getValue().rows() != 0)
        .map(end -> tally(end.getKey(), end.getValue()))
        .toList();
  }

  private static Tally tally(End end, Total total) {
    return new Tally(end.disposition(), end.soundness(), total.rows(), total.hashSum());
  }
}
