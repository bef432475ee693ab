package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What the source said of a feed in one statement, before anything is read.
 *
 * @param horizon the source's clock
 * @param smallest the smallest cursor that any row has; empty where no row has one
 * @param withoutCursor how many rows have no cursor
 * @param ahead how many rows have a cursor at or after the horizon's unit
 * @param due about how many rows lie between the reach of the coverage and the horizon
 * @param quantiles positions that cut the {@code due} rows into parts of about equal size,
 *     ascending; one that many rows share comes several times
 */
public record Probe(
    Horizon horizon,
    Optional<Long> smallest,
    long withoutCursor,
    long ahead,
    long due,
    List<Long> quantiles) {

  public Probe {
    requireNonNull(horizon);
    requireNonNull(smallest);
    quantiles = List.copyOf(quantiles);
    if (withoutCursor < 0 || ahead < 0 || due < 0) {
      throw new IllegalArgumentException("A count of rows is not negative");
    }
  }
}
