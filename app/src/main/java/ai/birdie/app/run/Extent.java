package ai.birdie.app.run;

import ai.birdie.core.ingest.Deletion;
import java.time.Instant;

/** How much of a feed a run reads. */
public sealed interface Extent {

  /** What is not covered yet, and the lag below it. */
  record UpToDate() implements Extent {}

  /** The same, and of a held window the rows that break the contract are taken into quarantine. */
  record Accepting(long heldWindow) implements Extent {}

  /** Everything, into a new history beside the present one. */
  record Anew() implements Extent {}

  /** A range of the cursor, whatever is covered. */
  record Again(Instant from, Instant to) implements Extent {}

  /** What is covered, where the source holds something else. */
  record Compared() implements Extent {}

  /** As {@link Compared}; then the rows leave that the source has no longer. */
  record Cleared(Deletion deletion) implements Extent {}
}
