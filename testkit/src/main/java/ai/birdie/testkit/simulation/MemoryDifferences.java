package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Window;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where the source's rows are not those of a history, and the history knows why: rows behind which
 * a newer version stands, and rows kept that the source no longer shows.
 */
final class MemoryDifferences {

  private record Difference(Optional<Long> position, Soundness soundness, long hash, int count) {

    Total total() {
      return new Total(count, BigInteger.valueOf(hash).multiply(BigInteger.valueOf(count)));
    }

    Disposition disposition() {
      return count > 0 ? Disposition.SUPERSEDED : Disposition.IDENTICAL;
    }

    boolean isOf(StoredRow row) {
      return hash == row.hash() && position.equals(row.row().position());
    }
  }

  private final List<Difference> differences = new ArrayList<>();

  /** What is to be added to the total of the rows that the history holds of the window. */
  Total total(Window window) {
    return differences.stream()
        .filter(difference -> WindowRows.reach(window, difference.position()))
        .map(Difference::total)
        .reduce(Total.NONE, Total::plus);
  }

  /** By what the ends of a window's rows differ from those of the rows that are held. */
  void addEnds(Window window, Ends ends) {
    differences.stream()
        .filter(d -> WindowRows.reach(window, d.position()))
        .forEach(d -> ends.add(d.disposition(), d.soundness(), d.total()));
  }

  /** Whether the source is known to show the row no longer. */
  boolean isGone(StoredRow row) {
    return differences.stream().anyMatch(d -> d.count() < 0 && d.isOf(row));
  }

  /** The window has been read: what was known of its rows is known no longer. */
  void forget(Window window) {
    if (window.slice().index() == 0) {
      differences.removeIf(difference -> WindowRows.reach(window, difference.position()));
    }
  }

  /** Rows that the source has and that are not current. */
  void superseded(Collection<StoredRow> rows) {
    note(rows, 1);
  }

  /** Rows that are kept and that the source has no longer; whatever stood behind them comes up. */
  void gone(Collection<StoredRow> rows) {
    if (!rows.isEmpty()) {
      differences.removeIf(difference -> difference.count() > 0);
      note(rows, -1);
    }
  }

  /** Rows that are not kept any more. */
  void left(Collection<StoredRow> rows) {
    rows.forEach(row -> differences.removeIf(d -> d.count() < 0 && d.isOf(row)));
  }

  private void note(Collection<StoredRow> rows, int count) {
    for (StoredRow row : rows) {
      differences.add(new Difference(row.row().position(), row.soundness(), row.hash(), count));
    }
  }
}
