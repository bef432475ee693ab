package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Window;
import java.util.List;

/** A store that passes everything on; a plant overrides what it makes wrong. */
class ForwardingStore implements Store {

  private final Store store;

  ForwardingStore(Store store) {
    this.store = store;
  }

  @Override
  public Coverage coverage(Feed feed) {
    return store.coverage(feed);
  }

  @Override
  public List<Total> totals(Feed feed, List<Window> windows) {
    return store.totals(feed, windows);
  }

  @Override
  public long judge(Feed feed) {
    return store.judge(feed);
  }

  @Override
  public List<Long> cuts(Feed feed, int parts) {
    return store.cuts(feed, parts);
  }

  @Override
  public Receipt confirm(Feed feed, Window window, ControlTotal held) {
    return store.confirm(feed, window, held);
  }

  @Override
  public Total gone(Feed feed, Window.Gone window) {
    return store.gone(feed, window);
  }

  @Override
  public Receipt remove(Feed feed, Window.Gone window, ControlTotal held) {
    return store.remove(feed, window, held);
  }

  @Override
  public Landing begin(Feed feed, Window window) {
    return store.begin(feed, window);
  }

  @Override
  public void complete(Feed feed, Horizon horizon) {
    store.complete(feed, horizon);
  }

  @Override
  public void restart(Feed feed) {
    store.restart(feed);
  }

  @Override
  public void close() {
    store.close();
  }
}
