package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Store;
import ai.birdie.testkit.FeedbackRow;
import java.util.List;
import java.util.Set;

/** A store that can be looked into, and that outlives the process that uses it. */
public interface TestedStore extends AutoCloseable {

  /** The store as the running process has it open. */
  Store store();

  /** The process was killed: what it had not committed is gone, and another one opens the store. */
  void crash();

  /** The rows that the feed shows, quarantined ones too, in any order. */
  List<FeedbackRow> rows(Feed feed);

  /** The windows of the feed whose receipts do not agree with the rows that the store holds. */
  Set<Long> unbalanced(Feed feed);

  @Override
  void close();

  /** A store in memory. */
  static TestedStore of(MemoryStore store) {
    return of(store, store);
  }

  /** A store in memory that runs use by way of {@code front}. */
  static TestedStore of(MemoryStore store, Store front) {
    return new TestedStore() {
      @Override
      public Store store() {
        return front;
      }

      @Override
      public void crash() {}

      @Override
      public List<FeedbackRow> rows(Feed feed) {
        return store.rows(feed);
      }

      @Override
      public Set<Long> unbalanced(Feed feed) {
        return store.unbalanced(feed);
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }
}
