package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Tally.Soundness;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of a window's rows when they meet those that the store holds. */
final class Settlement {

  private record End(Disposition disposition, Soundness soundness) {}

  private final Map<Identity, StoredRow> held;
  private final Comparator<StoredRow> order;
  private final Map<Identity, StoredRow> staying = new LinkedHashMap<>();
  private final List<StoredRow> displaced = new ArrayList<>();
  private final Map<End, Tally> tallies = new LinkedHashMap<>();

  /**
   * @param held what the store holds, by identity; it is not changed
   * @param order of the versions of one record, oldest first
   */
  Settlement(Map<Identity, StoredRow> held, Comparator<StoredRow> order, List<StoredRow> window) {
    this.held = held;
    this.order = order;
    newestOfEach(window).forEach(this::settle);
  }

  /** The rows that the store holds from now on, in place of what it held of the same identity. */
  Map<Identity, StoredRow> staying() {
    return staying;
  }

  /** The rows that gave way to them. */
  List<StoredRow> displaced() {
    return displaced;
  }

  /** What became of every row of the window. */
  List<Tally> tallies() {
    return List.copyOf(tallies.values());
  }

  /** Of several versions of one record in the window, only the newest goes on. */
  private Map<Identity, StoredRow> newestOfEach(List<StoredRow> window) {
    Map<Identity, StoredRow> newest = new LinkedHashMap<>();
    Identities identities = new Identities();
    for (StoredRow row : window) {
      Identity identity = identities.of(row.row());
      StoredRow twin = newest.get(identity);
      if (twin == null) {
        newest.put(identity, row);
      } else if (order.compare(row, twin) > 0) {
        newest.put(identity, row);
        count(Disposition.SUPERSEDED, twin);
      } else {
        count(Disposition.SUPERSEDED, row);
      }
    }
    return newest;
  }

  private void settle(Identity identity, StoredRow row) {
    StoredRow known = held.get(identity);
    if (known == null) {
      staying.put(identity, row);
      count(Disposition.NEW, row);
    } else if (known.hash() == row.hash()) {
      count(Disposition.IDENTICAL, row);
    } else if (order.compare(row, known) > 0) {
      staying.put(identity, row);
      displaced.add(known);
      count(Disposition.CHANGED, row);
    } else {
      count(Disposition.SUPERSEDED, row);
    }
  }

  private void count(Disposition disposition, StoredRow row) {
    Tally one = new Tally(disposition, row.soundness(), 1, BigInteger.valueOf(row.hash()));
    tallies.merge(
        new End(disposition, row.soundness()),
        one,
        (sum, next) ->
            new Tally(
                disposition,
                sum.soundness(),
                sum.rows() + next.rows(),
                sum.hashSum().add(next.hashSum())));
  }
}
