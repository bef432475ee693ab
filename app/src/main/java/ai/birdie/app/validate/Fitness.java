package ai.birdie.app.validate;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.window.CursorScale;
import ai.birdie.databricks.fitness.Past;
import ai.birdie.databricks.fitness.Past.Arrivals;
import ai.birdie.databricks.fitness.Past.Measured;
import ai.birdie.databricks.fitness.Past.Unmeasured;
import ai.birdie.databricks.fitness.Present;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Judges a feed's key and partition column by what was counted and measured. */
final class Fitness {

  static final String UNIQUE_KEY = "unique key";
  static final String TIES = "ties";
  static final String RESOLUTION = "resolution";
  static final String UPDATES = "updates";
  static final String LOAD_TIME = "load time";
  static final String LATENESS = "lateness";

  /** The names of its checks, in their order. */
  static final List<String> ALL =
      List.of(UNIQUE_KEY, TIES, RESOLUTION, UPDATES, LOAD_TIME, LATENESS);

  private static final long TOO_FEW_TO_JUDGE = 1_000;

  private static final String LOADED_AT =
      "Name a column that the pipeline sets whenever it writes a row, such as loaded_at or"
          + " updated_at (data_source.partition_column), and ask for one where there is none.";

  private final Feed feed;
  private final CursorScale scale;
  private final String of;

  /**
   * @param of what the name of each check ends with
   */
  Fitness(Feed feed, CursorScale scale, String of) {
    this.feed = feed;
    this.scale = scale;
    this.of = of;
  }

  private String column() {
    return feed.cursor().column();
  }

  /** What is judged by the rows that are there. */
  List<Check> of(Present present) {
    return List.of(
        uniqueKey(present), ties(present.stamps(), present.share()), resolution(present.stamps()));
  }

  private Check uniqueKey(Present present) {
    String key = String.join(", ", feed.key());
    Present.Keys keys = present.keys();
    if (keys.repeated() + keys.keyless() == 0) {
      return Check.pass(
          UNIQUE_KEY + of, "no two rows have the same %s".formatted(key) + sample(present.share()));
    }
    if (keys.repeated() == 0) {
      return Check.warn(
          UNIQUE_KEY + of,
          "%s without a value in %s".formatted(rows(keys.keyless()), key) + sample(present.share()),
          "They are kept apart, in quarantine, until the source gives them one.");
    }
    String keyless =
        keys.keyless() == 0 ? "" : "; besides, %s without a key".formatted(rows(keys.keyless()));
    return Check.warn(
        UNIQUE_KEY + of,
        String.format(
                Locale.ROOT,
                "%,d values of %s stand for more than one row, %s in all; %,d of them for rows of one stamp%s",
                keys.repeated(),
                key,
                rows(keys.rows()),
                keys.undecided(),
                keyless)
            + sample(present.share()),
        ("One row of each is kept, the newest by %s. That is right where the rows are versions of"
                + " one record. Where they are records of their own, name the columns that tell"
                + " them apart: \"ingestion\": {\"key\": [...]}.")
            .formatted(column()));
  }

  private Check ties(Present.Stamps stamps, long share) {
    if (stamps.rows() == 0) {
      return Check.skipped(TIES + of, "no row has a stamp yet");
    }
    String detail =
        String.format(
            Locale.ROOT,
            "at most %s of %,d (%s) share one stamp",
            rows(stamps.most()),
            stamps.rows(),
            Words.share(stamps.most(), stamps.rows()));
    boolean mostOnOne = stamps.most() > stamps.rows() / 2 && stamps.rows() >= TOO_FEW_TO_JUDGE;
    if (!mostOnOne && stamps.most() <= feed.windowRows()) {
      return Check.pass(TIES + of, detail + sample(share));
    }
    String value = stamps.commonest().map(scale::format).orElse("");
    return Check.warn(
        TIES + of,
        detail + ", " + value + sample(share),
        "If it comes of one large load, nothing needs to be done: such rows are read in parts. If"
            + " the pipeline gives it to rows whose time it does not know, a row that comes later"
            + " with it goes unseen until birdie reconcile: leave the column empty in its place.");
  }

  private Check resolution(Present.Stamps stamps) {
    if (stamps.different() < 2) {
      return Check.skipped(RESOLUTION + of, "the rows have fewer than two different stamps");
    }
    Duration step = stamps.resolution().orElse(Duration.ZERO);
    String detail = "all stamps are on whole %s".formatted(Words.unit(step));
    if (step.toMillis() < 1_000) {
      return Check.pass(RESOLUTION + of, "stamps are in " + Words.unit(step));
    }
    if (step.multipliedBy(2).compareTo(reach()) <= 0 || micros(step) == scale.unitMicros()) {
      return Check.pass(RESOLUTION + of, detail);
    }
    return Check.warn(
        RESOLUTION + of,
        "%s, and the lag is %s: a row that comes later with a stamp that was read already is missed"
            .formatted(detail, Words.span(feed.lag())),
        "Use a finer column, or look back for two steps: " + lag(step.multipliedBy(2)));
  }

  /** What is judged by how the rows came. */
  List<Check> of(Past past, Present present) {
    return switch (past) {
      case Unmeasured(String why) -> unmeasured(why);
      case Measured measured ->
          List.of(updates(measured, present), loadTime(measured), lateness(measured));
    };
  }

  private List<Check> unmeasured(String why) {
    return List.of(
        Check.skipped(UPDATES + of, "needs a history: see lateness"),
        Check.skipped(LOAD_TIME + of, "needs a history: see lateness"),
        Check.skipped(
            LATENESS + of,
            "could not be measured: " + why,
            ("Each run looks back for %s. A row that becomes visible later than that after its"
                    + " stamp, and an update that leaves %s as it was, is found by birdie reconcile"
                    + " only. Ask who writes the table how long its longest load takes, and set"
                    + " \"ingestion\": {\"lag\": ...} to twice as much.")
                .formatted(Words.span(feed.lag()), column())));
  }

  private Check updates(Measured measured, Present present) {
    Past.Updates updates = measured.updates();
    if (present.keys().repeated() > 0) {
      return Check.skipped(
          UPDATES + of, "keys that stand for several rows hide which of them was updated");
    }
    if (updates.rows() == 0) {
      return Check.skipped(UPDATES + of, "no row was updated" + looked(measured));
    }
    long left = updates.rows() - updates.moved();
    if (left + updates.back() == 0) {
      return Check.pass(
          UPDATES + of,
          String.format(Locale.ROOT, "each of %,d updates moved %s", updates.rows(), column())
              + looked(measured));
    }
    String back =
        updates.back() == 0
            ? ""
            : String.format(Locale.ROOT, ", and %,d moved it back", updates.back());
    return Check.warn(
        UPDATES + of,
        String.format(
                Locale.ROOT,
                "%,d of %,d updates (%s) left %s as it was%s",
                left,
                updates.rows(),
                Words.share(left, updates.rows()),
                column(),
                back)
            + looked(measured),
        "By the column alone, such a change is found by birdie reconcile only. " + LOADED_AT);
  }

  private Check loadTime(Measured measured) {
    Arrivals arrivals = measured.arrivals();
    if (arrivals.stamped() == 0) {
      return Check.skipped(LOAD_TIME + of, "no row was added" + looked(measured));
    }
    String detail =
        String.format(
                Locale.ROOT,
                "%,d of %,d new rows (%s) were stamped more than a day before they became visible",
                arrivals.aged(),
                arrivals.stamped(),
                Words.share(arrivals.aged(), arrivals.stamped()))
            + looked(measured);
    if (!isEventTime(arrivals)) {
      return Check.pass(LOAD_TIME + of, detail);
    }
    return Check.warn(
        LOAD_TIME + of,
        "%s: %s says when something happened, not when the row was loaded"
            .formatted(detail, column()),
        LOADED_AT + " By this one alone, such rows are found by birdie reconcile only.");
  }

  /** A tenth: a backfill now and then is no reason to take another column. */
  private static boolean isEventTime(Arrivals arrivals) {
    return arrivals.aged() > 0 && arrivals.aged() * 10 >= arrivals.stamped();
  }

  private Check lateness(Measured measured) {
    Arrivals arrivals = measured.arrivals();
    if (arrivals.landed() == 0) {
      return Check.skipped(LATENESS + of, "no row was added or moved" + seen(measured));
    }
    String detail =
        "rows became visible up to %s after their stamp, half of them within %s, 99 %% within %s%s"
            .formatted(
                Words.span(arrivals.longest()),
                Words.span(arrivals.median()),
                Words.span(arrivals.nearlyAll()),
                seen(measured));
    if (arrivals.longest().multipliedBy(2).compareTo(reach()) <= 0) {
      return Check.pass(
          LATENESS + of, detail + "; the lag is %s".formatted(Words.span(feed.lag())));
    }
    return Check.warn(
        LATENESS + of,
        detail
            + "; the lag is %s, %s"
                .formatted(
                    Words.span(feed.lag()),
                    arrivals.late() == 0
                        ? "less than twice that"
                        : String.format(
                            Locale.ROOT,
                            "and %s of %,d came later than that",
                            rows(arrivals.late()),
                            arrivals.landed())),
        longer(arrivals));
  }

  private String longer(Arrivals arrivals) {
    if (isEventTime(arrivals)) {
      return "No lag mends a column of another meaning: see load time.";
    }
    if (arrivals.longest().compareTo(Words.LONGEST_LAG.dividedBy(2)) <= 0) {
      return "Look back for twice as long as the latest: "
          + lag(arrivals.longest().multipliedBy(2));
    }
    return "Look back for twice as long as 99 % of them took: "
        + lag(arrivals.nearlyAll().multipliedBy(2))
        + " What comes later still is found by birdie reconcile.";
  }

  private String lag(Duration least) {
    return "\"ingestion\": {\"lag\": \"%s\"}.".formatted(Words.lag(least, feed.lag()));
  }

  private Duration reach() {
    return Duration.of(scale.reach(feed.lag()), ChronoUnit.MICROS);
  }

  private static long micros(Duration duration) {
    return duration.dividedBy(ChronoUnit.MICROS.getDuration());
  }

  private static String looked(Measured measured) {
    return measured.commits() == 1
        ? " in the one commit that was looked at"
        : " in the %d commits that were looked at".formatted(measured.commits());
  }

  private static String seen(Measured measured) {
    return "%s, since %s, by %s%s"
        .formatted(
            looked(measured),
            measured.since().truncatedTo(ChronoUnit.SECONDS),
            measured.way().means(),
            sample(measured.share()));
  }

  private static String sample(long share) {
    return share == 1 ? "" : String.format(Locale.ROOT, ", by a sample of one key in %,d", share);
  }

  private static String rows(long count) {
    return count == 1 ? "1 row" : Words.count(count) + " rows";
  }
}
