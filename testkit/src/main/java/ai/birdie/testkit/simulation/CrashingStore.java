package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Window;

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
  public Landing begin(Feed feed, Window window) {
    steps.take();
    return new CrashingLanding(store.begin(feed, window), steps);
  }

  @Override
  public void complete(Feed feed) {
    steps.take();
    store.complete(feed);
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
    public void land(BatchReader batches) {
      landing.land(batches);
      steps.take();
    }

    @Override
    public Receipt commit(Proof proof) {
      steps.take();
      Receipt receipt = landing.commit(proof);
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
