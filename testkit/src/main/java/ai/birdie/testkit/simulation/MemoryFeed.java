package ai.birdie.testkit.simulation;

import ai.birdie.core.feed.Feed;
import java.util.Optional;

/** A feed's histories: the one that is shown, and the one that is being loaded beside it. */
final class MemoryFeed {

  private Feed feed;
  private Optional<MemoryHistory> current = Optional.empty();
  private Optional<MemoryHistory> loading = Optional.empty();

  MemoryFeed(Feed feed) {
    this.feed = feed;
  }

  String name() {
    return feed.name();
  }

  Optional<MemoryHistory> current() {
    return current;
  }

  /** Whether {@code other} would count the same rows twice, or be taken for this feed. */
  boolean rivals(Feed other) {
    return current.or(() -> loading).isPresent()
        && (feed.name().equalsIgnoreCase(other.name())
            || (feed.workspace().equals(other.workspace())
                && feed.kind().equals(other.kind())
                && feed.table().toString().equalsIgnoreCase(other.table().toString())));
  }

  /** The history that a run of {@code wanted} goes on with, if there is one. */
  Optional<MemoryHistory> find(Feed wanted) {
    Optional<MemoryHistory> newest = loading.or(() -> current).filter(h -> h.fits(wanted));
    if (newest.isPresent()) {
      return newest;
    }
    Optional<MemoryHistory> old = current.filter(history -> history.fits(wanted));
    old.ifPresent(history -> loading = Optional.empty()); // the feed is again what it was
    return old;
  }

  /** Begins a history beside the current one, or as the current one where there is none. */
  MemoryHistory begin(Feed wanted) {
    feed = wanted;
    MemoryHistory history = new MemoryHistory(wanted);
    if (current.isPresent()) {
      loading = Optional.of(history);
    } else {
      current = Optional.of(history);
    }
    return history;
  }

  /** Shows {@code history} from now on, if it was being loaded. */
  void complete(MemoryHistory history) {
    if (loading.filter(history::equals).isPresent()) {
      current = loading;
      loading = Optional.empty();
    }
  }
}
