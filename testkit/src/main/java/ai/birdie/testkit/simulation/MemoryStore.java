package ai.birdie.testkit.simulation;

import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A store of {@link FeedbackRow}s in memory, for the many histories that a simulation runs. What a
 * landing does becomes visible, and survives the run, when it commits. Belongs to one thread.
 */
public final class MemoryStore implements Store {

  private final InstantSource clock;
  private final Comparator<StoredRow> order;
  private final Supplier<Identities> identities;
  private final Map<String, MemoryFeed> feeds = new LinkedHashMap<>();
  private long windows;

  /**
   * An empty store.
   *
   * @param clock says when a window was committed; it takes no part in what is read
   */
  public MemoryStore(InstantSource clock) {
    this(clock, StoredRow.ORDER, Identities::new);
  }

  /**
   * @param order of the versions of one record, oldest first
   * @param identities tells the records of one window apart
   */
  MemoryStore(InstantSource clock, Comparator<StoredRow> order, Supplier<Identities> identities) {
    this.clock = clock;
    this.order = order;
    this.identities = identities;
  }

  @Override
  public Coverage coverage(Feed feed) {
    return known(feed).find(feed).map(MemoryHistory::coverage).orElse(Coverage.none());
  }

  @Override
  public List<Total> totals(Feed feed, List<Window> windows) {
    return known(feed)
        .find(feed)
        .map(history -> history.totals(windows))
        .orElseGet(() -> Collections.nCopies(windows.size(), Total.NONE));
  }

  @Override
  public long judge(Feed feed) {
    return 0; // it keeps rows as they come, and judges none
  }

  @Override
  public List<Long> cuts(Feed feed, int parts) {
    return known(feed).find(feed).map(history -> history.cuts(parts)).orElse(List.of());
  }

  @Override
  public Receipt confirm(Feed feed, Window window, ControlTotal held) {
    return new MemoryLanding(this, feed, window).confirm(held);
  }

  @Override
  public Total gone(Feed feed, Window.Gone window) {
    return known(feed).find(feed).map(history -> history.gone(window)).orElse(Total.NONE);
  }

  @Override
  public Receipt remove(Feed feed, Window.Gone window, ControlTotal held) {
    return new MemoryLanding(this, feed, window).remove(window, held);
  }

  @Override
  public Landing begin(Feed feed, Window window) {
    return new MemoryLanding(this, feed, window);
  }

  @Override
  public void complete(Feed feed, Horizon horizon) {
    MemoryHistory history = history(feed);
    history.compared(horizon.clock());
    known(feed).complete(history);
  }

  @Override
  public void restart(Feed feed) {
    known(feed).begin(feed);
  }

  @Override
  public void close() {}

  /** The rows that the feed shows, quarantined ones too, in any order. */
  public List<FeedbackRow> rows(Feed feed) {
    return shown(feed).stream()
        .flatMap(history -> history.rows().values().stream())
        .map(StoredRow::row)
        .toList();
  }

  /** The windows of the feed whose receipts do not agree with the rows that the store holds. */
  public Set<Long> unbalanced(Feed feed) {
    return shown(feed).map(MemoryHistory::unbalanced).orElse(Set.of());
  }

  /** The history that a run of {@code feed} goes on with; begins one where there is none. */
  MemoryHistory history(Feed feed) {
    MemoryFeed known = known(feed);
    return known.find(feed).orElseGet(() -> known.begin(feed));
  }

  Settlement settle(Feed feed, Window window, List<StoredRow> landed) {
    return history(feed).settle(window, order, identities.get(), landed);
  }

  ChangeSettlement settleChanges(Feed feed, List<StoredChange> events) {
    return history(feed).settle(order, identities.get(), events);
  }

  Instant now() {
    return clock.instant();
  }

  long nextWindow() {
    return windows + 1;
  }

  void committed() {
    windows++;
  }

  private Optional<MemoryHistory> shown(Feed feed) {
    return Optional.ofNullable(feeds.get(feed.name())).flatMap(MemoryFeed::current);
  }

  private MemoryFeed known(Feed feed) {
    List<MemoryFeed> rivals = new ArrayList<>(feeds.values());
    rivals.removeIf(other -> other.name().equals(feed.name()) || !other.rivals(feed));
    if (!rivals.isEmpty()) {
      throw new ConfigException(
          "The feed %s reads the same as %s.".formatted(feed.name(), rivals.getFirst().name()),
          "Give it that name.");
    }
    return feeds.computeIfAbsent(feed.name(), name -> new MemoryFeed(feed));
  }
}
