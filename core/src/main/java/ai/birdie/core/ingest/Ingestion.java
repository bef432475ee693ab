package ai.birdie.core.ingest;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Plan;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.TableVersion;
import ai.birdie.core.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one loop. Belongs to one thread; closes neither source nor store. */
public final class Ingestion {

  /** Into how many parts a feed is cut at most to be compared. */
  private static final int BUCKETS = 200;

  /** A statement over many small parts costs more than reading one of them again. */
  private static final int ROWS_A_BUCKET = 100;

  private static final int ROUNDS = 3;

  private final Planner planner;
  private final Source source;
  private final Store store;
  private final RunListener listener;

  public Ingestion(Planner planner, Source source, Store store, RunListener listener) {
    this.planner = planner;
    this.source = source;
    this.store = store;
    this.listener = listener;
  }

  /**
   * Brings {@code feed} up to date, one window at a time. A window lands whole, with its receipt,
   * or not at all; what landed before a failure stays, and the next run goes on from there.
   *
   * @throws ai.birdie.core.error.BirdieException if a window could not be read, checked, or landed
   */
  public RunReport run(Feed feed) {
    judge(feed);
    Coverage covered = store.coverage(feed);
    Probe probe = source.probe(feed, covered);
    Plan plan = planner.plan(feed, covered, probe);
    RunReport report = follow(feed, plan);
    if (plan.outcome() == Plan.Outcome.REACHES_THE_HORIZON) {
      report = report.plus(anchored(feed, probe));
      report = report.plus(inTurn(feed, covered, probe.horizon()));
      store.complete(feed, probe.horizon());
    }
    return warned(report, Alarms.of(feed, covered, probe.horizon(), report.missed()));
  }

  /** Reads what is not covered yet, and what of the lag is not the same on both sides. */
  private RunReport follow(Feed feed, Plan plan) {
    Plan due = plan.narrowed(buckets -> store.totals(feed, buckets));
    return land(feed, due.joined(feed.windowRows()));
  }

  private RunReport warned(RunReport report, List<String> warnings) {
    RunReport warned = report;
    for (String warning : warnings) {
      listener.warning(warning);
      warned = warned.warned(warning);
    }
    return warned;
  }

  /** Rules and mapping may have changed since the rows were judged. */
  private void judge(Feed feed) {
    long changed = store.judge(feed);
    if (changed > 0) {
      listener.warning(
          "%s: its contract has changed, and %,d rows that were held are judged otherwise by it."
              .formatted(feed.name(), changed));
    }
  }

  /**
   * Where versions are followed: sees to it that the store holds all rows of the version at which
   * the run read, and no others, by comparing all of them where that is in doubt.
   */
  private RunReport anchored(Feed feed, Probe probe) {
    Horizon horizon = probe.horizon();
    if (!horizon.reading().way().followsVersions()) {
      return RunReport.empty(feed, List.of());
    }
    return store.coverage(feed).version().equals(horizon.version()) && holdsAll(feed, probe)
        ? RunReport.empty(feed, List.of())
        : settled(feed, compare(feed, horizon));
  }

  /** Whether the store has as many rows as the source, where the source has counted them. */
  private boolean holdsAll(Feed feed, Probe probe) {
    Window whole = planner.whole(feed, store.coverage(feed), probe.horizon());
    return probe.present().map(rows -> rows == store.total(feed, whole).rows()).orElse(true);
  }

  /** Compares the part of the feed whose turn it is, and reads again what no run could see. */
  private RunReport inTurn(Feed feed, Coverage before, Horizon horizon) {
    List<Window> due = planner.due(feed, before, horizon, () -> buckets(feed, horizon));
    if (due.isEmpty()) {
      return RunReport.empty(feed, List.of());
    }
    RunReport report = settled(feed, compare(feed, due));
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

  private List<Window> buckets(Feed feed, Horizon horizon) {
    List<Long> cuts = store.cuts(feed, Planner.TURNS);
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
    return warned(compared.report(), List.of(differing));
  }

  /**
   * Reads the rows whose cursor lies in {@code [from, to)} again, whatever is covered.
   *
   * @throws ai.birdie.core.error.BirdieException as {@link #run}
   */
  public RunReport reread(Feed feed, Instant from, Instant to) {
    judge(feed);
    Coverage covered = store.coverage(feed);
    Probe probe = source.probe(feed, covered);
    return land(feed, planner.reread(feed, covered, probe, from, to));
  }

  /**
   * Brings {@code feed} up to date, as {@link #run} does; then compares source and store in all
   * that the source has at that moment, rows that are not settled too, and reads again what
   * differs. A row that the source has no longer stays: absence alone deletes nothing.
   *
   * @throws ai.birdie.core.error.BirdieException as {@link #run}
   */
  public Reconciliation reconcile(Feed feed) {
    judge(feed);
    Coverage covered = store.coverage(feed).anyWay();
    Probe probe = source.probe(feed, covered);
    Plan plan = planner.plan(feed, covered, probe);
    RunReport followed = follow(feed, plan);
    Reconciliation compared = compare(feed, probe.horizon());
    if (plan.outcome() == Plan.Outcome.REACHES_THE_HORIZON) {
      store.complete(feed, probe.horizon());
    }
    return compared.keeping(store.gone(feed, compared.goneRows()).rows()).after(followed);
  }

  /**
   * As {@link #reconcile(Feed)}; then the rows leave that the source has no longer, if source and
   * store are known to hold the same but for these.
   *
   * @throws ai.birdie.core.error.IncompleteException if the source has no row at all, or more would
   *     leave than may; nothing leaves then
   */
  public Reconciliation reconcile(Feed feed, Deletion deletion) {
    Reconciliation compared = reconcile(feed);
    if (!compared.balances() || compared.gone() == 0) {
      return compared;
    }
    requireDeletions(feed, compared, deletion);
    Receipt receipt = store.remove(feed, compared.goneRows(), compared.held());
    listener.windowCommitted(feed, receipt);
    return compared.without(receipt);
  }

  /** A table that was emptied, exchanged, or hidden is not one from which rows were deleted. */
  private static void requireDeletions(Feed feed, Reconciliation compared, Deletion deletion) {
    long gone = compared.gone();
    long kept = compared.held().total().rows() + gone;
    if (gone == kept) {
      throw new IncompleteException(
          "%s shows no row of %s, of which the store has %,d: it may have been emptied, exchanged, or hidden from this credential. Nothing was deleted."
              .formatted(feed.table(), feed.name(), gone),
          "Find out what became of the table. If all its rows are to go: birdie ingest --full FILE");
    }
    if (!deletion.allows(feed, gone, kept)) {
      throw new IncompleteException(
          "%s no longer shows %,d of the %,d rows that the store has of %s (%.1f %%), more than the %.1f %% that may go unasked: a filter or a right may hide them, or the table may be another. Nothing was deleted."
              .formatted(
                  feed.table(),
                  gone,
                  kept,
                  feed.name(),
                  100.0 * gone / kept,
                  100 * deletion.atMost()),
          "See in the table's history that they were deleted. Then allow it: birdie reconcile --deletes --delete-at-most %d FILE"
              .formatted(Math.min(100, 1 + 100 * gone / kept)));
    }
  }

  private Reconciliation compare(Feed feed, Horizon horizon) {
    Coverage covered = store.coverage(feed);
    Window.Whole whole = planner.whole(feed, covered, horizon);
    int parts = (int) Math.min(BUCKETS, 1 + store.total(feed, whole).rows() / ROWS_A_BUCKET);
    List<Window> buckets = planner.all(feed, covered, horizon, store.cuts(feed, parts));
    Reconciliation compared = compare(feed, buckets);
    if (!compared.balances() || !horizon.reading().way().followsVersions()) {
      return compared;
    }
    return compared.before(holding(feed, whole, compared.held()));
  }

  private Reconciliation compare(Feed feed, List<Window> buckets) {
    Comparison comparison = compared(feed, buckets);
    List<Window> differed = comparison.differing().windows();
    RunReport report = RunReport.empty(feed, List.of());
    // What is missed in one bucket may come up in another that was compared before.
    for (int round = 0; round < ROUNDS && !comparison.differing().windows().isEmpty(); round++) {
      report = report.plus(land(feed, comparison.differing()));
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

  private RunReport land(Feed feed, Plan plan) {
    listener.planned(feed, plan);
    plan.warnings().forEach(listener::warning);
    RunReport report = RunReport.empty(feed, plan.warnings());
    Controls controls = new Controls(source, feed, plan.known());
    controls.ask(plan.windows());
    Agenda agenda = new Agenda(plan.windows());
    for (var window = agenda.next(); window.isPresent(); window = agenda.next()) {
      try {
        Optional<Receipt> receipt = bring(feed, window.get(), controls, agenda);
        report = receipt.map(report::plus).orElse(report);
      } catch (BirdieException e) {
        String tried = agenda.recover(e);
        listener.warning(tried);
        report = report.warned(tried);
      }
    }
    return report;
  }

  /**
   * Reads the window, or its parts instead, unless the store holds already what the source does.
   */
  private Optional<Receipt> bring(Feed feed, Window window, Controls controls, Agenda agenda) {
    Optional<ControlTotal> asked = controls.of(window);
    long rows = asked.map(ControlTotal::total).map(Total::rows).orElse(0L);
    Optional<Receipt> receipt;
    if (asked.filter(held -> held.total().equals(store.total(feed, window))).isPresent()) {
      receipt = confirmed(feed, window, asked.get());
    } else if (agenda.cut(rows, source.rowsAtOnce(feed))) {
      return Optional.empty();
    } else {
      receipt = Optional.of(land(feed, window, controls, agenda.isLastAttempt()));
    }
    agenda.landed();
    return receipt;
  }

  private Optional<Receipt> confirmed(Feed feed, Window window, ControlTotal held) {
    if (window.covers().isEmpty() && !reachesAnother(feed, window)) {
      return Optional.empty();
    }
    Receipt receipt = store.confirm(feed, window, held);
    listener.windowCommitted(feed, receipt);
    return Optional.of(receipt);
  }

  /** Whether the store holds another version than before once the window is confirmed. */
  private boolean reachesAnother(Feed feed, Window window) {
    if (!window.horizon().reading().way().followsVersions()) {
      return false;
    }
    Optional<TableVersion> held = store.coverage(feed).version();
    return !window.confirmed(held).equals(held);
  }

  private Receipt land(Feed feed, Window window, Controls controls, boolean lastAttempt) {
    listener.windowStarted(feed, window);
    try (BatchReader batches = source.read(feed, window);
        Landing landing = store.begin(feed, window)) {
      Total read = landing.land(batches); // pulled by the store, as one Arrow stream
      Control control = controls.prove(window, read, lastAttempt);
      Receipt receipt = landing.commit(batches.proof(), control); // all in one transaction
      listener.windowCommitted(feed, receipt);
      return receipt;
    }
  }
}
