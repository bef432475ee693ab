package ai.birdie.testkit.simulation;

import ai.birdie.testkit.FeedbackRow;

/**
 * A row as it stood from one version of its table to another.
 *
 * @param id the row's own, which stays when its key changes
 * @param from the version that wrote it
 * @param until the version that wrote it anew or took it away; {@link #STILL} where none has
 */
record RowVersion(long id, FeedbackRow row, long from, long until) {

  static final long STILL = Long.MAX_VALUE;

  boolean in(long version) {
    return from <= version && version < until;
  }

  RowVersion until(long version) {
    return new RowVersion(id, row, from, version);
  }
}
