package ai.birdie.app.validate;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Window;
import java.util.List;

/**
 * Whether a source that is at no version gives the same rows when it is asked twice: a run proves a
 * window by asking of it apart from reading it.
 */
final class SameRows {

  static final String NAME = "same rows";

  private static final long MOST_ROWS = 10_000_000;

  private SameRows() {}

  /** Asks of all that the source's clock has passed, three times if it may be changing. */
  static Check of(String name, Source source, Feed feed, Probe probe) {
    long end = probe.horizon().position();
    long begin = probe.smallest().orElse(end);
    if (begin >= end || probe.due() > MOST_ROWS) {
      return Check.skipped(
          name,
          "is asked where there are rows, and no more than " + Words.count(MOST_ROWS) + " of them");
    }
    Window passed = new Window.Range(probe.horizon(), new Interval(begin, end));
    Total first = total(source, feed, passed);
    Total second = total(source, feed, passed);
    boolean same = first.equals(second) || second.equals(total(source, feed, passed));
    return same
        ? Check.pass(
            name, "asked twice, it gave the same %s rows".formatted(Words.count(second.rows())))
        : Check.warn(
            name,
            "asked three times of the same rows, it gave others each time: no window of them can be proved",
            "Leave out of the view what is another whenever it is read, such as rand(), current_timestamp(), or a row_number() whose order leaves ties. If a pipeline is writing to it now, validate again when it has ended.");
  }

  private static Total total(Source source, Feed feed, Window window) {
    return source.totals(feed, List.of(window)).getFirst().total();
  }
}
