package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Window;
import java.util.List;

/** A store whose every call is two steps: one before, and one after it is done. */
final class CrashingStore implements Store {

  private final Store store;
  private final Steps steps;

  CrashingStore(Store store, Steps steps) {
    this.store = store;
    this.steps = steps;
  }

  @Override
  public Coverage coverage(Feed feed) {
    steps.take();
    Coverage coverage = store.coverage(feed);
    steps.take();
    return coverage;
  }

  @Override
  public List<Total> totals(Feed feed, List<Window> windows) {
    steps.take();
    return store.totals(feed, windows);
  }

  @Override
  public long judge(Feed feed) {
    steps.take();
    return store.judge(feed);
  }

  @Override
  public List<Long> cuts(Feed feed, int parts) {
    steps.take();
    return store.cuts(feed, parts);
  }

  @Override
  public Receipt confirm(Feed feed, Window window, ControlTotal held) {
    steps.take();
    Receipt receipt = store.confirm(feed, window, held);
    steps.take();
    return receipt;
  }

  @Override
  public Total gone(Feed feed, Window.Gone window) {
    steps.take();
    return store.gone(feed, window);
  }

  @Override
  public Receipt remove(Feed feed, Window.Gone window, ControlTotal held) {
    steps.take();
    Receipt receipt = store.remove(feed, window, held);
    steps.take();
    return receipt;
  }

  @Override
  public Landing begin(Feed feed, Window window) {
    steps.take();
    return new CrashingLanding(store.begin(feed, window), steps);
  }

  @Override
  public void complete(Feed feed, Horizon horizon) {
    steps.take();
    store.complete(feed, horizon);
    steps.take();
  }

  @Override
  public void restart(Feed feed) {
    steps.take();
    store.restart(feed);
    steps.take();
  }

  @Override
  public void close() {
    store.close();
  }

  private record CrashingLanding(Landing landing, Steps steps) implements Landing {

    @Override
    public Total land(BatchReader batches) {
      Total read = landing.land(batches);
      steps.take();
      return read;
    }

    @Override
    public Receipt commit(Proof proof, Control control) {
      steps.take();
      Receipt receipt = landing.commit(proof, control);
      steps.take();
      return receipt;
    }

    /** A process that is gone undoes nothing; the store itself must. */
    @Override
    public void close() {
      if (!steps.crashed()) {
        landing.close();
      }
    }
  }
}
