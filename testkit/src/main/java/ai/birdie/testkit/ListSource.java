package ai.birdie.testkit;

import ai.birdie.core.error.SourceException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Traffic;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Horizon;
import ai.birdie.core.window.Inquiry;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Portion;
import ai.birdie.core.window.Probe;
import ai.birdie.core.window.Slice;
import ai.birdie.core.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** A source whose table is a list, and whose clock and endurance the test sets. */
public final class ListSource implements Source {

  /** The table; tests change it between runs. */
  public final List<FeedbackRow> rows = new ArrayList<>();

  private final BufferAllocator allocator;
  private Instant clock = Instant.EPOCH;
  private int windowsLeft = Integer.MAX_VALUE;
  private int rowsAtOnce = Integer.MAX_VALUE;
  private int resultsToLose;

  public ListSource(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** What the source's clock says from now on. */
  public void clock(Instant now) {
    clock = now;
  }

  /** How many windows can be read before the source is lost. */
  public void failAfter(int windows) {
    windowsLeft = windows;
  }

  /** How many rows one statement may give. */
  public void giveAtMost(int rows) {
    rowsAtOnce = rows;
  }

  /** How many of the next results get lost. */
  public void lose(int results) {
    resultsToLose = results;
  }

  @Override
  public Probe probe(Feed feed, Coverage covered) {
    Horizon horizon = new Horizon(clock, CursorScale.TIMESTAMP);
    List<Long> positions = rows.stream().flatMap(row -> row.position().stream()).sorted().toList();
    List<Long> past = positions.stream().filter(p -> p < horizon.position()).toList();
    Inquiry inquiry = new Planner().inquiry(feed, covered, CursorScale.TIMESTAMP);
    return new Probe(
        "probe",
        horizon,
        positions.stream().findFirst(),
        rows.size() - positions.size(),
        positions.size() - past.size(),
        past.size(),
        past,
        inquiry.recent().map(recent -> recent(horizon, recent)));
  }

  private Probe.Recent recent(Horizon horizon, Inquiry.Recent asked) {
    List<Interval> intervals = new ArrayList<>(asked.intervals());
    if (horizon.position() > asked.frontier()) {
      intervals.add(new Interval(asked.frontier(), horizon.position()));
    }
    return new Probe.Recent(
        total(new Window.NullCursor(horizon)),
        total(new Window.Future(horizon, horizon.position())),
        intervals.stream().map(i -> new Portion(i, total(new Window.Range(horizon, i)))).toList());
  }

  @Override
  public List<ControlTotal> totals(Feed feed, List<Window> windows) {
    return windows.stream().map(window -> new ControlTotal("control", total(window))).toList();
  }

  private Total total(Window window) {
    return FeedbackRow.total(in(window));
  }

  private List<FeedbackRow> in(Window window) {
    return rows.stream()
        .filter(row -> in(window, row.position()) && in(window.slice(), row.id()))
        .toList();
  }

  @Override
  public BatchReader read(Feed feed, Window window) {
    if (windowsLeft-- == 0) {
      throw SourceException.passing("The source is lost", "Try again", null);
    }
    if (resultsToLose-- > 0) {
      throw SourceException.lost("The result is gone.", "Try again");
    }
    List<FeedbackRow> read = in(window);
    if (read.size() > rowsAtOnce) {
      throw SourceException.tooLarge("The result is too large.", "Try smaller windows");
    }
    return RowBatches.of(allocator, read);
  }

  private static boolean in(Window window, Optional<Long> position) {
    return switch (window) {
      case Window.Range range -> position.filter(range.interval()::contains).isPresent();
      case Window.Bucket bucket -> position.filter(bucket.interval()::contains).isPresent();
      case Window.Future future -> position.filter(p -> p >= future.from()).isPresent();
      case Window.NullCursor none -> position.isEmpty();
      case Window.Whole whole -> true;
      case Window.Gone gone -> throw new IllegalArgumentException("What is gone cannot be read");
      case Window.Versions versions -> throw noVersions();
      case Window.Written written -> throw noVersions();
    };
  }

  private static IllegalArgumentException noVersions() {
    return new IllegalArgumentException("A list has no versions");
  }

  private static boolean in(Slice slice, Optional<String> key) {
    return Math.floorMod(key.hashCode(), slice.count()) == slice.index();
  }

  @Override
  public Traffic traffic() {
    return Traffic.NONE;
  }

  @Override
  public void close() {}
}
