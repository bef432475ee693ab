package ai.birdie.databricks.fitness;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/** What a table's history shows of how its rows come. */
public sealed interface Past {

  /** How a history is read. */
  enum Way {
    CHANGE_FEED("its change data feed"),
    ROW_TRACKING("row tracking"),
    VERSIONS("comparing its versions");

    private final String means;

    Way(String means) {
      this.means = means;
    }

    /** The way as people name it. */
    public String means() {
      return means;
    }
  }

  /**
   * It was measured. Counts are estimates where a share of the keys was looked at.
   *
   * @param share one of how many keys was looked at
   * @param since when the first of the commits was made
   */
  record Measured(
      Way way, int commits, Instant since, long share, Arrivals arrivals, Updates updates)
      implements Past {

    public Measured {
      requireNonNull(way);
      requireNonNull(since);
      requireNonNull(arrivals);
      requireNonNull(updates);
    }
  }

  /**
   * How long after their stamp rows became visible: new ones, and those whose stamp moved.
   *
   * @param stamped new rows that have a cursor
   * @param aged those of them that were a day late or more
   * @param landed new and moved rows
   * @param late those of them that were later than the lag
   * @param median of their lateness; negative where stamps lie ahead of the commit
   */
  record Arrivals(
      long stamped,
      long aged,
      long landed,
      long late,
      Duration median,
      Duration nearlyAll,
      Duration longest) {

    public Arrivals {
      requireNonNull(median);
      requireNonNull(nearlyAll);
      requireNonNull(longest);
    }
  }

  /**
   * Updates of rows.
   *
   * @param moved those that moved the cursor
   * @param back those of them that moved it back
   */
  record Updates(long rows, long moved, long back) {}

  /**
   * It could not be measured.
   *
   * @param why as a clause, for people
   */
  record Unmeasured(String why) implements Past {

    public Unmeasured {
      requireNonNull(why);
    }
  }
}
