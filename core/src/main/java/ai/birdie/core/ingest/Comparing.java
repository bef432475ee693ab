package ai.birdie.core.ingest;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Plan;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds source against store, part by part, and reads again what differs. Belongs to one thread.
 */
final class Comparing {

  /** Into how many parts a feed is cut at most to be compared. */
  private static final int BUCKETS = 200;

  /** A statement over many small parts costs more than reading one of them again. */
  private static final int ROWS_A_BUCKET = 100;

  private static final int ROUNDS = 3;

  private final Planner planner;
  private final Source source;
  private final Store store;
  private final WindowLoop loop;
  private final RunListener listener;

  Comparing(Planner planner, Source source, Store store, WindowLoop loop, RunListener listener) {
    this.planner = planner;
    this.source = source;
    this.store = store;
    this.loop = loop;
    this.listener = listener;
  }

  /** Compares all that the source has at the horizon, rows that are not settled too. */
  Reconciliation all(Feed feed, Horizon horizon) {
    Coverage covered = store.coverage(feed);
    Window.Whole whole = planner.whole(feed, covered, horizon);
    int parts = (int) Math.min(BUCKETS, 1 + store.total(feed, whole).rows() / ROWS_A_BUCKET);
    List<Window> buckets = planner.all(feed, covered, horizon, store.cuts(feed, parts));
    Reconciliation compared = compare(feed, buckets);
    if (!compared.balances() || !horizon.reading().way().followsVersions()) {
      return compared;
    }
    return compared.followedBy(holding(feed, whole, compared.held()));
  }

  /**
   * Where versions are followed: sees to it that the store holds all rows of the version at which
   * the run read, and no others, by comparing all of them where that is in doubt.
   */
  RunReport anchored(Feed feed, Probe probe) {
    Horizon horizon = probe.horizon();
    if (!horizon.reading().way().followsVersions()) {
      return RunReport.empty(feed, List.of());
    }
    return store.coverage(feed).version().equals(horizon.version()) && holdsAll(feed, probe)
        ? RunReport.empty(feed, List.of())
        : settled(feed, all(feed, horizon));
  }

  /** Whether the store has as many rows as the source, where the source has counted them. */
  private boolean holdsAll(Feed feed, Probe probe) {
    Window whole = planner.whole(feed, store.coverage(feed), probe.horizon());
    return probe.present().map(rows -> rows == store.total(feed, whole).rows()).orElse(true);
  }

  /** Compares the part of the feed whose turn it is, and reads again what no run could see. */
  RunReport inTurn(Feed feed, Coverage before, Horizon horizon) {
    RunReport report = foundInTurn(feed, before, horizon);
    if (report.receipts().isEmpty()) {
      return report;
    }
    String missed =
        "%s: comparing found %,d rows that no run had seen and %,d that had changed unseen: %s. They are read now."
            .formatted(
                feed.name(),
                report.rows(Disposition.NEW),
                report.rows(Disposition.CHANGED),
                report.whyMissed());
    listener.warning(missed);
    return report.warned(missed);
  }

  /** What is landed moves the borders of parts: what has come into this one is compared, too. */
  private RunReport foundInTurn(Feed feed, Coverage before, Horizon horizon) {
    RunReport report = RunReport.empty(feed, List.of());
    for (int round = 0; round < ROUNDS; round++) {
      List<Window> due = planner.due(feed, before, horizon, () -> buckets(feed, horizon));
      if (due.isEmpty()) {
        return report;
      }
      Reconciliation compared = compare(feed, due);
      report = report.plus(settled(feed, compared));
      if (!compared.balances() || compared.report().receipts().isEmpty()) {
        return report; // what is otherwise each time would be so again
      }
    }
    return report;
  }

  private List<Window> buckets(Feed feed, Horizon horizon) {
    List<Long> cuts = store.cuts(feed, Planner.PARTS);
    return planner.buckets(feed, store.coverage(feed), horizon, cuts);
  }

  /** What a comparison did; with a warning, where source and store still are not the same. */
  private RunReport settled(Feed feed, Reconciliation compared) {
    if (compared.balances()) {
      return compared.report();
    }
    String differing =
        "%s: %,d of %,d parts still are not what the source shows, although they were read again %d times. It may show other rows each time: see birdie validate FILE, and birdie reconcile FILE."
            .formatted(
                feed.name(), compared.remaining().size(), compared.compared().size(), ROUNDS);
    listener.warning(differing);
    return compared.report().warned(differing);
  }

  private Reconciliation compare(Feed feed, List<Window> buckets) {
    Comparison comparison = compared(feed, buckets);
    List<Window> differed = comparison.differing().windows();
    RunReport report = RunReport.empty(feed, List.of());
    // What is missed in one bucket may come up in another that was compared before.
    for (int round = 0; round < ROUNDS && !comparison.differing().windows().isEmpty(); round++) {
      report = report.plus(loop.land(feed, comparison.differing()));
      comparison = compared(feed, buckets);
    }
    List<Window> remaining = comparison.differing().windows();
    return new Reconciliation(
        buckets,
        differed,
        remaining,
        comparison.all(),
        0,
        RunReport.empty(feed, List.of()),
        report);
  }

  /** Makes durable that the store holds all that the source does, unless it holds more. */
  private RunReport holding(Feed feed, Window whole, ControlTotal held) {
    if (!held.total().equals(store.total(feed, whole))) {
      String more = feed.name() + " has rows that were compared with none of the source's.";
      listener.warning(more);
      return RunReport.empty(feed, List.of(more));
    }
    Receipt receipt = store.confirm(feed, whole, held);
    listener.windowCommitted(feed, receipt);
    return RunReport.empty(feed, List.of()).plus(receipt);
  }

  /**
   * What comparing windows has shown.
   *
   * @param all what the source holds of all of them
   * @param differing those of which source and store hold something else
   */
  private record Comparison(ControlTotal all, Plan differing) {}

  private Comparison compared(Feed feed, List<Window> windows) {
    Map<Window, ControlTotal> known = new HashMap<>();
    List<Window> differing = new ArrayList<>();
    List<ControlTotal> totals = source.totals(feed, windows);
    List<Total> held = store.totals(feed, windows);
    for (int i = 0; i < windows.size(); i++) {
      if (!totals.get(i).total().equals(held.get(i))) {
        differing.add(windows.get(i));
        known.put(windows.get(i), totals.get(i));
      }
    }
    ControlTotal all = totals.stream().reduce(ControlTotal::plus).orElseThrow();
    return new Comparison(all, Plan.of(differing, known).joined(feed.windowRows()));
  }
}
