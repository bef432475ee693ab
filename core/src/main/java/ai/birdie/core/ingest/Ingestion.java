package ai.birdie.core.ingest;

import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Plan;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Probe;
import java.time.Instant;
import java.util.List;

/** The one loop. Belongs to one thread; closes neither source nor store. */
public final class Ingestion {

  private final Planner planner;
  private final Source source;
  private final Store store;
  private final WindowLoop loop;
  private final Comparing comparing;
  private final RunListener listener;

  public Ingestion(Planner planner, Source source, Store store, RunListener listener) {
    this.planner = planner;
    this.source = source;
    this.store = store;
    this.loop = new WindowLoop(source, store, listener);
    this.comparing = new Comparing(planner, source, store, loop, listener);
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
      report = report.plus(comparing.anchored(feed, probe));
      report = report.plus(comparing.inTurn(feed, covered, probe.horizon()));
      store.complete(feed, probe.horizon());
    }
    return warned(report, Alarms.of(feed, covered, probe.horizon(), report.missed()));
  }

  /** Reads what is not covered yet, and what of the lag is not the same on both sides. */
  private RunReport follow(Feed feed, Plan plan) {
    Plan due = plan.narrowed(buckets -> store.totals(feed, buckets));
    return loop.land(feed, due.joined(feed.windowRows()));
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
   * Reads the rows whose cursor lies in {@code [from, to)} again, whatever is covered.
   *
   * @throws ai.birdie.core.error.BirdieException as {@link #run}
   */
  public RunReport reread(Feed feed, Instant from, Instant to) {
    judge(feed);
    Coverage covered = store.coverage(feed);
    Probe probe = source.probe(feed, covered);
    return loop.land(feed, planner.reread(feed, covered, probe, from, to));
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
    Reconciliation compared = comparing.all(feed, probe.horizon());
    if (plan.outcome() == Plan.Outcome.REACHES_THE_HORIZON) {
      store.complete(feed, probe.horizon());
    }
    return compared.withGone(store.gone(feed, compared.goneRows()).rows()).precededBy(followed);
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
    return compared.withDeparture(receipt);
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
}
