package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Disposition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What becomes of a window's rows when they meet those that the store holds. */
final class Settlement {

  private final Map<Identity, StoredRow> held;
  private final Comparator<StoredRow> order;
  private final Predicate<StoredRow> gone;
  private final Set<Identity> met = new HashSet<>();
  private final List<StoredRow> superseded = new ArrayList<>();
  private final Map<Identity, StoredRow> staying = new LinkedHashMap<>();
  private final List<StoredRow> displaced = new ArrayList<>();
  private final List<StoredRow> found = new ArrayList<>();
  private final Ends ends = new Ends();
  private boolean doubtful;

  /**
   * @param held what the store holds, by identity; it is not changed
   * @param order of the versions of one record, oldest first
   * @param identities tells the records of the window apart
   * @param gone whether the source is known to show a held row no longer, unless the window does
   */
  Settlement(
      Map<Identity, StoredRow> held,
      Comparator<StoredRow> order,
      Identities identities,
      Predicate<StoredRow> gone,
      List<StoredRow> window) {
    this.held = held;
    this.order = order;
    this.gone = gone;
    newestOfEach(identities, window).forEach(this::settle);
  }

  /** The rows that the store holds from now on, in place of what it held of the same identity. */
  Map<Identity, StoredRow> staying() {
    return staying;
  }

  /** The rows that gave way to them. */
  List<StoredRow> displaced() {
    return displaced;
  }

  /** The window's rows that are not current. */
  List<StoredRow> superseded() {
    return superseded;
  }

  /** The rows that the store held already as the window brought them. */
  List<StoredRow> found() {
    return found;
  }

  /**
   * Whether some row was read that the store keeps another before, or a copy of one without a key:
   * it may be the one that is held, or one more.
   */
  boolean isDoubtful() {
    return doubtful;
  }

  /** Whether the window brought a version of the record. */
  boolean met(Identity identity) {
    return met.contains(identity);
  }

  /** What became of every row of the window. */
  Ends ends() {
    return ends;
  }

  /** Of several versions of one record in the window, only the newest goes on. */
  private Map<Identity, StoredRow> newestOfEach(Identities identities, List<StoredRow> window) {
    Map<Identity, StoredRow> newest = new LinkedHashMap<>();
    for (StoredRow row : window) {
      Identity identity = identities.of(row.row());
      StoredRow twin = newest.get(identity);
      if (twin == null) {
        newest.put(identity, row);
      } else if (order.compare(row, twin) > 0) {
        newest.put(identity, row);
        supersede(twin);
      } else {
        supersede(row);
      }
    }
    return newest;
  }

  private void settle(Identity identity, StoredRow row) {
    met.add(identity);
    StoredRow known = held.get(identity);
    if (known == null) {
      staying.put(identity, row);
      count(Disposition.NEW, row);
    } else if (known.hash() == row.hash()) {
      found.add(known);
      doubtful |= identity instanceof Identity.Keyless;
      count(Disposition.IDENTICAL, row);
    } else if (gone.test(known) || order.compare(row, known) > 0) {
      staying.put(identity, row);
      displaced.add(known);
      count(Disposition.CHANGED, row);
    } else {
      doubtful = true;
      supersede(row);
    }
  }

  private void supersede(StoredRow row) {
    superseded.add(row);
    count(Disposition.SUPERSEDED, row);
  }

  private void count(Disposition disposition, StoredRow row) {
    ends.add(disposition, row.soundness(), row.total());
  }
}
