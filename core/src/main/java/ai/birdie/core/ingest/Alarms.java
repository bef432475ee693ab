package ai.birdie.core.ingest;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Way;
import ai.birdie.core.receipt.Missed;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Horizon;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run warns of before it does harm. */
final class Alarms {

  /**
   * How long a Delta table keeps its change files, unless {@code
   * delta.deletedFileRetentionDuration} says otherwise.
   */
  private static final Duration RETENTION = Duration.ofDays(7);

  private Alarms() {}

  /**
   * The warnings of a run.
   *
   * @param before what was covered when it began
   * @param missed what it found that no run had seen
   */
  static List<String> of(Feed feed, Coverage before, Horizon horizon, Missed missed) {
    return Stream.of(late(feed, horizon, missed), rare(feed, before, horizon))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Rows come nearly so late that runs do not find them. */
  private static Optional<String> late(Feed feed, Horizon horizon, Missed missed) {
    boolean near = missed.latest().toNanos() / 1_000 > horizon.reach(feed) / 2;
    if (missed.late() == 0 || missed.beyond() > 0 || !near) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: rows became visible %s or more after their stamp, and runs look back for %s; whatever comes later is found only by comparing. Look back for longer: \"ingestion\": {\"lag\": \"%s\"}."
            .formatted(
                feed.name(),
                missed.latest().truncatedTo(ChronoUnit.SECONDS),
                feed.lag(),
                Duration.ofMinutes(2 * missed.latest().toMinutes() + 2)));
  }

  /** Runs are nearly so rare that the table has forgotten what changed meanwhile. */
  private static Optional<String> rare(Feed feed, Coverage before, Horizon horizon) {
    if (horizon.reading().way() != Way.CHANGES) {
      return Optional.empty();
    }
    return before
        .compared()
        .map(last -> Duration.between(last, horizon.clock()))
        .filter(since -> since.multipliedBy(2).compareTo(RETENTION) > 0)
        .map(since ->
            "%s: it is %d days since the last run. %s tells what changed for %d days, unless delta.deletedFileRetentionDuration says otherwise; after that, rows that were deleted meanwhile stay until birdie reconcile --deletes. Run it at least every other day."
                .formatted(feed.name(), since.toDays(), feed.table(), RETENTION.toDays()));
  }
}
