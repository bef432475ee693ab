package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A version of a table.
 *
 * @param number as the table counts them
 * @param committed when it was committed, as the table says, which tells it from the version of the
 *     same number of another table that took its name
 */
public record TableVersion(long number, Instant committed) {

  public TableVersion {
    requireNonNull(committed);
  }
}
