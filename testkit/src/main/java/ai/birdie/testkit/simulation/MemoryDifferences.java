package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.simulation.StoredRow.Content;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the source's rows are not those of a history, and the history knows why: rows behind which
 * a newer version stands, and rows kept that the source no longer shows.
 */
final class MemoryDifferences {

  private record Difference(Content content, Soundness soundness, int count) {

    Optional<Long> position() {
      return content.position();
    }

    Total total() {
      return new Total(
          count, BigInteger.valueOf(content.hash()).multiply(BigInteger.valueOf(count)));
    }

    Disposition disposition() {
      return count > 0 ? Disposition.SUPERSEDED : Disposition.IDENTICAL;
    }

    boolean isOf(StoredRow row) {
      return content.equals(row.content());
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

  /** What is to be added to the rows that the history holds. */
  List<Positions.Entry> entries() {
    return differences.stream()
        .map(d -> new Positions.Entry(d.position(), d.content().hash(), d.count()))
        .toList();
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

  /**
   * The window has been read: what was known of its rows is known no longer.
   *
   * @return how many rows of each content were missed
   */
  Map<Content, Long> forget(Window window) {
    if (window.slice().index() > 0) {
      return Map.of();
    }
    Map<Content, Long> missed =
        differences.stream()
            .filter(d -> d.count() < 0 && WindowRows.reach(window, d.position()))
            .collect(Collectors.groupingBy(Difference::content, Collectors.counting()));
    differences.removeIf(difference -> WindowRows.reach(window, difference.position()));
    return missed;
  }

  /** Rows that the source has and that are not current. */
  void superseded(Collection<StoredRow> rows) {
    note(rows, 1);
  }

  /**
   * Rows that are kept and that the source has no longer; where one was not missed before, whatever
   * stood behind it comes up.
   */
  void gone(Collection<StoredRow> rows, Map<Content, Long> missed) {
    Map<Content, Long> copies =
        rows.stream().collect(Collectors.groupingBy(StoredRow::content, Collectors.counting()));
    boolean news =
        copies.entrySet().stream()
            .anyMatch(row -> row.getValue() > missed.getOrDefault(row.getKey(), 0L));
    if (news) {
      forgetSuperseded();
    }
    note(rows, -1);
  }

  /** All rows behind which a newer version stands are looked for again. */
  void forgetSuperseded() {
    differences.removeIf(difference -> difference.count() > 0);
  }

  /** How many rows of that content are known to stand behind a newer version. */
  int superseded(Content content) {
    return known(content, 1);
  }

  /** How many rows of that content are kept that the source has no longer. */
  int gone(Content content) {
    return known(content, -1);
  }

  /** One row of the content stands behind a newer version no longer. */
  void withdraw(Content content) {
    differences.remove(first(content, 1));
  }

  /** One row of the content that was gone is there again. */
  void revive(Content content) {
    differences.remove(first(content, -1));
  }

  private int known(Content content, int count) {
    return (int)
        differences.stream().filter(d -> d.count() == count && d.content().equals(content)).count();
  }

  private Difference first(Content content, int count) {
    return differences.stream()
        .filter(d -> d.count() == count && d.content().equals(content))
        .findFirst()
        .orElseThrow();
  }

  /** Rows that are not kept any more. */
  void left(Collection<StoredRow> rows) {
    rows.forEach(row -> differences.removeIf(d -> d.count() < 0 && d.isOf(row)));
  }

  private void note(Collection<StoredRow> rows, int count) {
    for (StoredRow row : rows) {
      differences.add(new Difference(row.content(), row.soundness(), count));
    }
  }
}
