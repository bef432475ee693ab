package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.TableVersion;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.RunningTotal;
import ai.birdie.testkit.simulation.StoredRow.Content;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** One loading of a feed, from its start on. */
final class MemoryHistory {

  private final String fingerprint;
  private final Map<Identity, StoredRow> rows = new LinkedHashMap<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private final Map<Long, Total> displaced = new HashMap<>();
  private final MemoryDifferences differences = new MemoryDifferences();
  private Coverage coverage = Coverage.none();

  MemoryHistory(Feed feed) {
    this.fingerprint = feed.fingerprint();
  }

  boolean fits(Feed feed) {
    return fingerprint.equals(feed.fingerprint());
  }

  Coverage coverage() {
    return coverage;
  }

  void cover(Interval interval) {
    coverage = coverage.plus(interval);
  }

  /** The current row of each identity. */
  Map<Identity, StoredRow> rows() {
    return rows;
  }

  /** What the source holds of the window, as far as the history knows. */
  Total total(Window window) {
    RunningTotal total = new RunningTotal();
    for (StoredRow row : rows.values()) {
      if (WindowRows.reach(window, row.row().position())) {
        total.add(row.hash());
      }
    }
    return differences.total(window).plus(total.total());
  }

  /** The same of many windows. */
  List<Total> totals(List<Window> windows) {
    if (windows.size() == 1) {
      return List.of(total(windows.getFirst()));
    }
    List<Positions.Entry> entries = new ArrayList<>(differences.entries());
    rows.values()
        .forEach(row -> entries.add(new Positions.Entry(row.row().position(), row.hash(), 1)));
    Positions positions = new Positions(entries);
    return windows.stream().map(positions::of).toList();
  }

  /** The rows of the window that are kept although the source has them no longer. */
  Total gone(Window.Gone window) {
    return Tally.total(departing(window));
  }

  /** The ends that they meet when they leave. */
  List<Tally> departing(Window.Gone window) {
    Ends ends = new Ends();
    for (StoredRow row : departingRows(window).values()) {
      BigInteger less = row.total().hashSum().negate();
      ends.add(Disposition.DELETED, row.soundness(), new Total(1, less));
    }
    return ends.tallies();
  }

  private Map<Identity, StoredRow> departingRows(Window.Gone window) {
    Map<Content, Integer> copies = new HashMap<>();
    Map<Identity, StoredRow> departing = new LinkedHashMap<>();
    rows.forEach((identity, row) -> {
      if (WindowRows.reach(window, row.row().position())
          && copies.merge(row.content(), 1, Integer::sum) <= differences.gone(row.content())) {
        departing.put(identity, row);
      }
    });
    return departing;
  }

  /** All rows of the window that the source was ever seen to have, whether it still does or not. */
  Total kept(Window.Gone window) {
    Total gone = gone(window);
    return total(window).plus(new Total(gone.rows(), gone.hashSum().negate()));
  }

  /** Lets the rows leave that the source has no longer. */
  void remove(Window.Gone window, Receipt receipt) {
    Map<Identity, StoredRow> departing = departingRows(window);
    departing.values().forEach(row -> differences.revive(row.content()));
    displace(List.copyOf(departing.values()));
    rows.keySet().removeAll(departing.keySet());
    receipts.add(receipt);
  }

  /** Positions that cut the rows into so many parts. */
  List<Long> cuts(int parts) {
    long[] positions =
        rows.values().stream()
            .flatMap(row -> row.row().position().stream())
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    return IntStream.range(1, parts)
        .map(i -> (int) ((long) i * positions.length / parts))
        .filter(at -> at > 0)
        .mapToObj(at -> positions[at])
        .distinct()
        .toList();
  }

  /** The ends that the source's rows of the window would meet if they were read now. */
  List<Tally> tallies(Window window) {
    Ends ends = new Ends();
    differences.addEnds(window, ends);
    for (StoredRow row : rows.values()) {
      if (WindowRows.reach(window, row.row().position())) {
        ends.add(Disposition.IDENTICAL, row.soundness(), row.total());
      }
    }
    return ends.tallies();
  }

  /** What becomes of a change feed's events when they meet the rows of the history. */
  ChangeSettlement settle(
      Comparator<StoredRow> order, Identities identities, List<StoredChange> events) {
    return new ChangeSettlement(rows, differences, order, identities, events);
  }

  /** What becomes of a window's rows when they meet those of the history. */
  Settlement settle(
      Window window, Comparator<StoredRow> order, Identities identities, List<StoredRow> landed) {
    return new Settlement(rows, order, identities, row -> isGone(row, window), landed);
  }

  private boolean isGone(StoredRow row, Window window) {
    return WindowRows.reach(window, row.row().position())
        ? WindowRows.replace(window)
        : differences.isGone(row);
  }

  /** Makes durable that the source holds of a window what the history does. */
  void confirm(Window window, Receipt receipt) {
    receipts.add(receipt);
    hold(window.confirmed(coverage.version()), window.horizon().scale());
  }

  /**
   * Notes which version's rows are held, all of them and no others, and how cursors are measured.
   */
  void hold(Optional<TableVersion> version, CursorScale scale) {
    coverage =
        new Coverage(
            coverage.intervals(),
            version,
            Optional.empty(),
            Optional.of(scale),
            coverage.compared());
  }

  /** Notes that what had its turn by then has been compared. */
  void compared(Instant clock) {
    coverage =
        new Coverage(
            coverage.intervals(),
            coverage.version(),
            coverage.way(),
            coverage.scale(),
            Optional.of(clock));
  }

  /** Makes a change feed's events and their receipt part of the history. */
  void take(Window.Versions window, ChangeSettlement settlement, Receipt receipt) {
    Window all = new Window.Whole(window.horizon(), window.from());
    Total due = total(all).plus(settlement.change());
    settlement.note(differences);
    displace(settlement.displaced());
    rows.keySet().removeAll(settlement.left().keySet());
    rows.putAll(settlement.staying());
    receipts.add(receipt);
    hold(
        window.landed(coverage.version()).filter(version -> total(all).equals(due)),
        window.horizon().scale());
  }

  /** Makes a window's rows and its receipt part of the history. */
  void take(Window window, Settlement settlement, Receipt receipt) {
    Map<Content, Long> missed = differences.forget(window);
    differences.superseded(settlement.superseded());
    differences.left(settlement.displaced());
    differences.left(settlement.found());
    if (WindowRows.replace(window)) {
      differences.gone(
          rows.entrySet().stream()
              .filter(held -> WindowRows.reach(window, held.getValue().row().position()))
              .filter(held -> !settlement.met(held.getKey()))
              .map(Map.Entry::getValue)
              .toList(),
          missed);
    }
    displace(settlement.displaced());
    rows.putAll(settlement.staying());
    receipts.add(receipt);
    boolean doubtful = window instanceof Window.Written && settlement.isDoubtful();
    hold(window.landed(coverage.version()).filter(version -> !doubtful), window.horizon().scale());
  }

  private void displace(List<StoredRow> gone) {
    gone.forEach(row -> displaced.merge(row.window(), row.total(), Total::plus));
  }

  /**
   * The windows whose landed rows, less those that later windows displaced, are not the rows that
   * are held of them, by count or by sum of hashes.
   */
  Set<Long> unbalanced() {
    Map<Long, Total> held = held(rows.values());
    Set<Long> wrong = new TreeSet<>(held.keySet());
    for (Receipt receipt : receipts) {
      Total gone = displaced.getOrDefault(receipt.window(), Total.NONE);
      Total due = landed(receipt).plus(new Total(-gone.rows(), gone.hashSum().negate()));
      if (due.equals(held.getOrDefault(receipt.window(), Total.NONE))) {
        wrong.remove(receipt.window());
      } else {
        wrong.add(receipt.window());
      }
    }
    return wrong;
  }

  private static Map<Long, Total> held(Collection<StoredRow> rows) {
    Map<Long, Total> held = new HashMap<>();
    for (StoredRow row : rows) {
      held.merge(row.window(), row.total(), Total::plus);
    }
    return held;
  }

  private static Total landed(Receipt receipt) {
    return Tally.total(
        receipt.tallies().stream()
            .filter(tally ->
                tally.disposition() == Disposition.NEW
                    || tally.disposition() == Disposition.CHANGED)
            .toList());
  }
}
