package ai.birdie.core.ingest;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Window;
import java.util.List;

/**
 * Where rows go. There is one writer for a store, and one landing at a time; an implementation is
 * used by one thread. Every method throws {@code StoreException} where the store cannot be used.
 */
public interface Store extends AutoCloseable {

  /**
   * What is durable of the feed's history. Where the feed is not what it was when its history was
   * loaded (another table, column, key, or filter), nothing is covered, and a new history begins
   * beside the old one with its first window.
   *
   * @throws ai.birdie.core.error.ConfigException if another feed reads the same kind of the same
   *     table
   */
  Coverage coverage(Feed feed);

  /**
   * What the source holds of the window, as far as the store knows: the current rows, and those of
   * which it knows that they are in the source without being current. Rows that it knows to be gone
   * from the source do not count.
   */
  default Total total(Feed feed, Window window) {
    return totals(feed, List.of(window)).get(0);
  }

  /**
   * The same of many windows, which may overlap, in one query.
   *
   * @return as many totals, in the same order
   */
  List<Total> totals(Feed feed, List<Window> windows);

  /**
   * Judges the feed's rows again, sound ones too, if the contract is not the one by which they were
   * judged: another mapping, another kind, or another version of its rules.
   *
   * @return how many rows have become sound by it, or have ceased to be
   */
  long judge(Feed feed);

  /**
   * Positions that cut the feed's rows into at most so many parts of about equal size, ascending;
   * fewer, or none, where the rows share theirs.
   */
  List<Long> cuts(Feed feed, int parts);

  /**
   * Makes durable that nothing of the window need be read, because the source holds there what the
   * store does.
   */
  Receipt confirm(Feed feed, Window window, ControlTotal held);

  /**
   * The rows of the window that are kept although the source is known to have them no longer; their
   * hashes count negative.
   */
  Total gone(Feed feed, Window.Gone window);

  /**
   * Lets the rows leave that {@link #gone} counts, with their receipt, in one transaction.
   *
   * @param held what the source holds of all that was compared
   * @throws ai.birdie.core.error.IncompleteException if these are not just the rows that the source
   *     lacks of those that are kept; none leaves then
   */
  Receipt remove(Feed feed, Window.Gone window, ControlTotal held);

  /** Begins the landing of a window. The caller closes it. */
  Landing begin(Feed feed, Window window);

  /**
   * Declares that every window of a run has been landed, and that what had its turn by {@code
   * horizon} has been compared: if the feed's history was being loaded beside an older one, the
   * views switch to it, and the older one retires, in one transaction.
   */
  void complete(Feed feed, Horizon horizon);

  /** Forgets what is covered: a new history of the feed begins beside the present one. */
  void restart(Feed feed);

  @Override
  void close();
}
