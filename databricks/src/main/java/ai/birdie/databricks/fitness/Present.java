package ai.birdie.databricks.fitness;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What a table holds of a feed. Counts of rows and keys are estimates where a share of the keys was
 * looked at.
 *
 * @param share one of how many keys was looked at
 */
public record Present(Stamps stamps, Keys keys, long share) {

  /**
   * The values of the cursor.
   *
   * @param rows that have one
   * @param different how many values there are
   * @param most how many rows share the value that the most rows have
   * @param commonest that value's position; empty where there is no row
   * @param resolution what all values are multiples of; empty where there is no row
   */
  public record Stamps(
      long rows,
      long different,
      long most,
      Optional<Long> commonest,
      Optional<Duration> resolution) {

    public Stamps {
      requireNonNull(commonest);
      requireNonNull(resolution);
    }
  }

  /**
   * The keys.
   *
   * @param keyless rows that lack a part of it
   * @param repeated keys that several rows have
   * @param rows how many rows those are
   * @param undecided keys of which two rows have one stamp, too
   */
  public record Keys(long keyless, long repeated, long rows, long undecided) {}

  public Present {
    requireNonNull(stamps);
    requireNonNull(keys);
  }
}
