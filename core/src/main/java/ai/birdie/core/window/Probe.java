package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.receipt.Total;
import java.util.List;
import java.util.Optional;

/**
 * What the source said of a feed in one statement, before anything is read.
 *
 * @param statementId the statement
 * @param horizon the source's clock
 * @param smallest the smallest cursor that any row has; empty where no row has one
 * @param withoutCursor how many rows have no cursor
 * @param ahead how many rows are ahead of the clock, or in its unfinished unit
 * @param due about how many rows the inquiry's due ones are
 * @param quantiles positions that cut the {@code due} rows into parts of about equal size,
 *     ascending; one that many rows share comes several times
 * @param recent what the inquiry asked the sums of; empty if it asked none
 * @param since what has changed since the version that the store holds; empty where it holds none,
 *     or the source cannot say
 */
public record Probe(
    String statementId,
    Horizon horizon,
    Optional<Long> smallest,
    long withoutCursor,
    long ahead,
    long due,
    List<Long> quantiles,
    Optional<Recent> recent,
    Optional<Since> since) {

  /**
   * Totals of what may have changed in a source since it was read.
   *
   * @param portions the intervals of the inquiry, and then, unless it is empty, the one from the
   *     frontier to what is settled
   */
  public record Recent(Total withoutCursor, Total ahead, List<Portion> portions) {

    public Recent {
      requireNonNull(withoutCursor);
      requireNonNull(ahead);
      portions = List.copyOf(portions);
    }
  }

  /** A probe that says nothing of versions. */
  public Probe(
      String statementId,
      Horizon horizon,
      Optional<Long> smallest,
      long withoutCursor,
      long ahead,
      long due,
      List<Long> quantiles,
      Optional<Recent> recent) {
    this(
        statementId,
        horizon,
        smallest,
        withoutCursor,
        ahead,
        due,
        quantiles,
        recent,
        Optional.empty());
  }

  /** The same answer, of a feed that is read so. */
  public Probe read(Reading reading) {
    return with(new Horizon(horizon.clock(), horizon.scale(), reading, horizon.version()));
  }

  /** The same answer, of a feed that is read so at a version. */
  public Probe pinned(Reading reading, TableVersion version) {
    return with(new Horizon(horizon.clock(), horizon.scale(), reading, Optional.of(version)));
  }

  /** How many rows the feed has; empty where that was not counted. */
  public Optional<Long> present() {
    return since
        .filter(Since.Tracked.class::isInstance)
        .map(tracked -> ((Since.Tracked) tracked).present());
  }

  private Probe with(Horizon other) {
    return new Probe(
        statementId, other, smallest, withoutCursor, ahead, due, quantiles, recent, since);
  }

  public Probe {
    requireNonNull(statementId);
    requireNonNull(horizon);
    requireNonNull(smallest);
    requireNonNull(recent);
    requireNonNull(since);
    quantiles = List.copyOf(quantiles);
    if (withoutCursor < 0 || ahead < 0 || due < 0) {
      throw new IllegalArgumentException("A count of rows is not negative");
    }
  }
}
