package ai.birdie.testkit.simulation;

import ai.birdie.testkit.FeedbackRow;

/** How others decide what to read next, and what they do with it. */
public enum NaiveRule {
  BETWEEN_APPEND("`BETWEEN prev_end AND now`, append", Bound.PREVIOUS_END, 0, Writing.APPEND) {
    @Override
    boolean reads(long position, long from, long now) {
      return position >= from && position <= now;
    }
  },
  HALF_OPEN_APPEND("half-open `[prev_end, now)`, append", Bound.PREVIOUS_END, 0, Writing.APPEND),
  AFTER_MAX_APPEND("`> max(cursor)`, append", Bound.LARGEST, 0, Writing.APPEND) {
    @Override
    boolean reads(long position, long from, long now) {
      return position > from;
    }
  },
  FROM_MAX_UPSERT("`>= max(cursor)`, upsert", Bound.LARGEST, 0, Writing.UPSERT) {
    @Override
    boolean reads(long position, long from, long now) {
      return position >= from;
    }
  },
  OVERLAP_5("overlap of 5 s, upsert", Bound.PREVIOUS_END, 5, Writing.UPSERT),
  OVERLAP_120("overlap of 120 s, upsert", Bound.PREVIOUS_END, 120, Writing.UPSERT),
  OVERLAP_1200("overlap of 1,200 s, upsert", Bound.PREVIOUS_END, 1_200, Writing.UPSERT);

  /** Where it goes on. */
  enum Bound {
    PREVIOUS_END,
    LARGEST
  }

  /** What it does with what it reads. */
  enum Writing {
    APPEND,
    UPSERT
  }

  private final String description;
  private final Bound bound;
  private final long overlapSeconds;
  private final Writing writing;

  NaiveRule(String description, Bound bound, long overlapSeconds, Writing writing) {
    this.description = description;
    this.bound = bound;
    this.overlapSeconds = overlapSeconds;
    this.writing = writing;
  }

  /** The rule in a few words of Markdown. */
  public String description() {
    return description;
  }

  Bound bound() {
    return bound;
  }

  Writing writing() {
    return writing;
  }

  /** Whether a run at {@code now} that goes on at {@code from} reads the row. */
  boolean reads(FeedbackRow row, long from, long now) {
    return row.position()
        .filter(position -> reads(position, from - overlapSeconds * 1_000_000, now))
        .isPresent();
  }

  boolean reads(long position, long from, long now) {
    return position >= from && position < now;
  }
}
