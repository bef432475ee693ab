package ai.birdie.app.cli;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Plan;
import ai.birdie.core.window.Window;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows a run as it goes: on a terminal one line that is written over, elsewhere a line for each
 * window. Safe for use by many threads.
 */
final class Progress implements RunListener {

  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final Clock clock;
  private final boolean terminal;
  private String feed = "";
  private int windows;
  private int window;
  private long rows;
  private long bytes;
  private Instant started;
  private Instant drawn;

  Progress(PrintWriter err, Clock clock, Screen screen) {
    this.err = err;
    this.clock = clock;
    this.terminal = screen == Screen.TERMINAL;
    this.started = clock.instant();
    this.drawn = started;
  }

  /** Where the lines go. */
  enum Screen {
    TERMINAL,
    PLAIN;

    /** What this process writes to. */
    @SuppressWarnings("SystemConsoleNull") // it can be, and NullAway knows
    static Screen ofThisProcess() {
      Console console = System.console();
      return console != null && console.isTerminal() ? TERMINAL : PLAIN;
    }
  }

  @Override
  public synchronized void planned(Feed feed, Plan plan) {
    this.feed = feed.name();
    windows = plan.windows().size();
    window = 0;
    rows = 0;
    bytes = 0;
    started = clock.instant();
  }

  @Override
  public synchronized void windowStarted(Feed feed, Window next) {
    window++;
    windows = Math.max(windows, window); // one that is read anew or in parts was not planned
    draw();
  }

  @Override
  public synchronized void rowsRead(long more, long moreBytes) {
    rows += more;
    bytes += moreBytes;
    if (terminal && Duration.between(drawn, clock.instant()).compareTo(REDRAW) >= 0) {
      draw();
    }
  }

  @Override
  public synchronized void windowCommitted(Feed feed, Receipt receipt) {
    if (terminal) {
      err.print(CLEAR_LINE);
      err.flush();
    } else {
      err.println(state() + "; landed " + receipt.bounds());
    }
  }

  @Override
  public synchronized void warning(String message) {
    if (terminal) {
      err.print(CLEAR_LINE);
    }
    err.println("birdie: " + message);
  }

  private void draw() {
    if (terminal) {
      err.print(CLEAR_LINE + state());
      err.flush();
      drawn = clock.instant();
    }
  }

  private String state() {
    double seconds = Math.max(0.001, Duration.between(started, clock.instant()).toMillis() / 1e3);
    return "%s: window %d of %d; so far %s rows, %s, %s rows/s"
        .formatted(
            feed,
            window,
            windows,
            Output.count(rows),
            Output.bytes(bytes),
            Output.count(Math.round(rows / seconds)));
  }
}
