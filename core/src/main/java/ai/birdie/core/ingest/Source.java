package ai.birdie.core.ingest;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Window;
import java.util.List;

/**
 * Where rows come from. An implementation belongs to one run and one thread.
 *
 * <p>Every method throws a {@code BirdieException}: {@code AccessException} where the source
 * refuses, {@code ConfigException} where the feed names what is not there, {@code SourceException}
 * where the source cannot be reached or fails.
 */
public interface Source extends AutoCloseable {

  /**
   * Asks the source for its clock and for how the feed's rows lie, in one statement.
   *
   * @param covered what the store holds already, so that only the rest need be counted
   */
  Probe probe(Feed feed, Coverage covered);

  /**
   * The control query: what the source holds of each of the windows, asked apart from reading them,
   * in one statement for as many as a statement can take.
   *
   * @return as many totals, in the same order
   */
  List<ControlTotal> totals(Feed feed, List<Window> windows);

  /**
   * How many rows of a feed should be read at once, as far as is known by now; a window that has
   * more is read in parts.
   */
  default long rowsAtOnce(Feed feed) {
    return Long.MAX_VALUE;
  }

  /**
   * Begins to read one window. The caller closes the reader; until then the source may hold a
   * statement open for it.
   */
  BatchReader read(Feed feed, Window window);

  /**
   * What has been asked of the source since it was opened; other sources of the same workspace
   * count.
   */
  Traffic traffic();

  /** Ends what the source still runs on the caller's behalf. */
  @Override
  void close();
}
