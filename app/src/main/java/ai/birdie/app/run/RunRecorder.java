package ai.birdie.app.run;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.RunReport;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Plan;
import ai.birdie.core.window.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what a run lands, and what anybody warns of meanwhile, and passes everything on. Safe for
 * use by many threads.
 */
final class RunRecorder implements RunListener {

  private final RunListener next;
  private final List<Receipt> receipts = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  RunRecorder(RunListener next) {
    this.next = next;
  }

  /** What has happened since the last report: to this feed, and on the way to it. */
  synchronized RunReport report(Feed feed) {
    RunReport report = new RunReport(feed, receipts, warnings);
    receipts.clear();
    warnings.clear();
    return report;
  }

  @Override
  public void planned(Feed feed, Plan plan) {
    next.planned(feed, plan);
  }

  @Override
  public void windowStarted(Feed feed, Window window) {
    next.windowStarted(feed, window);
  }

  @Override
  public void windowCommitted(Feed feed, Receipt receipt) {
    keep(receipts, receipt);
    next.windowCommitted(feed, receipt);
  }

  @Override
  public void rowsRead(long rows, long bytes) {
    next.rowsRead(rows, bytes);
  }

  @Override
  public void warning(String message) {
    keep(warnings, message);
    next.warning(message);
  }

  private synchronized <T> void keep(List<T> kept, T one) {
    kept.add(one);
  }
}
