package ai.birdie.core.ingest;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Plan;
import ai.birdie.core.window.TableVersion;
import ai.birdie.core.window.Window;
import java.util.Optional;

/** Brings planned windows from source to store, one at a time. Belongs to one thread. */
final class WindowLoop {

  private final Source source;
  private final Store store;
  private final RunListener listener;

  WindowLoop(Source source, Store store, RunListener listener) {
    this.source = source;
    this.store = store;
    this.listener = listener;
  }

  /**
   * Lands the plan's windows in their order, some of them in parts; what landed before a failure
   * stays.
   */
  RunReport land(Feed feed, Plan plan) {
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
