package ai.birdie.core.ingest;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Window;

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
