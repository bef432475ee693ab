package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Store;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.TestFeeds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A store whose rows come from a backup after a crash, and what is covered from elsewhere. */
final class RestoredStore implements TestedStore {

  private static final Feed FEED = TestFeeds.reviews("reviews", "review");

  private final MemoryStore store = new MemoryStore(Plant.CLOCK);
  private Map<Identity, StoredRow> backup = Map.of();

  @Override
  public Store store() {
    return store;
  }

  @Override
  public void crash() {
    Map<Identity, StoredRow> rows = store.history(FEED).rows();
    Map<Identity, StoredRow> newer = new LinkedHashMap<>(rows);
    rows.clear();
    rows.putAll(backup);
    backup = newer;
  }

  @Override
  public List<FeedbackRow> rows(Feed feed) {
    return store.rows(feed);
  }

  @Override
  public Set<Long> unbalanced(Feed feed) {
    return store.unbalanced(feed);
  }

  @Override
  public void close() {}
}
