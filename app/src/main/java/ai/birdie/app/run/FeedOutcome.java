package ai.birdie.app.run;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Reconciliation;
import ai.birdie.core.ingest.RunReport;
import ai.birdie.core.ingest.Traffic;

/** What came of one feed's run. */
public sealed interface FeedOutcome {

  /** Every window landed. */
  record Done(RunReport report, Traffic traffic) implements FeedOutcome {}

  /** The feed was brought up to date and compared with its source; what differed was read again. */
  record Compared(Reconciliation reconciliation, RunReport report, Traffic traffic)
      implements FeedOutcome {}

  /** A window failed; those that the report has were landed before it. */
  record Failed(RunReport report, Traffic traffic, BirdieException failure)
      implements FeedOutcome {}

  /** What was landed, and what there was to warn of. */
  RunReport report();

  /** What it has taken of the source. */
  Traffic traffic();

  /** The feed that was run. */
  default Feed feed() {
    return report().feed();
  }
}
