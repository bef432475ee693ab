package ai.birdie.core.ingest;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.Feed;

/**
 * On what condition rows leave a store because their source has them no longer.
 *
 * @param atMost the share of a feed's rows that may leave unasked, from 0 to 1
 * @param beyond is asked where it is more
 */
public record Deletion(double atMost, Consent beyond) {

  /** The share that may leave unasked where nobody says another. */
  public static final double DEFAULT_AT_MOST = 0.01;

  /** Who decides whether many rows may leave. */
  public interface Consent {

    /** Nobody, so that none does. */
    Consent NONE = (feed, gone, kept) -> false;

    /**
     * Whether they may.
     *
     * @param gone how many rows would leave
     * @param kept how many rows there are now
     */
    boolean given(Feed feed, long gone, long kept);
  }

  public Deletion {
    requireNonNull(beyond);
    if (!(atMost >= 0 && atMost <= 1)) {
      throw new IllegalArgumentException("A share lies between 0 and 1");
    }
  }

  boolean allows(Feed feed, long gone, long kept) {
    return gone <= atMost * kept || beyond.given(feed, gone, kept);
  }
}
