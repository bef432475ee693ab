package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.Way;

/**
 * The way in which a run reads a feed, and why no stronger one.
 *
 * @param reason for people; empty where it is the strongest
 */
public record Reading(Way way, String reason) {

  /** By the cursor alone. */
  public static final Reading BY_CURSOR = new Reading(Way.CURSOR, "");

  public Reading {
    requireNonNull(way);
    requireNonNull(reason);
  }
}
