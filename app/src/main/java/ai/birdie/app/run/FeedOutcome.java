package ai.birdie.app.run;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.RunReport;

/** What came of one feed's run. */
public sealed interface FeedOutcome {

  Feed feed();

  /** Every window landed. */
  record Done(RunReport report) implements FeedOutcome {

    @Override
    public Feed feed() {
      return report.feed();
    }
  }

  /** A window failed; those before it have landed. */
  record Failed(Feed feed, BirdieException failure) implements FeedOutcome {}
}
