package ai.birdie.app.run;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.RunReport;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.window.Plan;
import ai.birdie.core.window.Window;
import java.util.List;

/** Keeps what a run has landed so far, for the case that it fails, and passes everything on. */
final class RunRecorder implements RunListener {

  private final RunListener next;
  private RunReport report;

  RunRecorder(Feed feed, RunListener next) {
    this.report = RunReport.empty(feed, List.of());
    this.next = next;
  }

  RunReport report() {
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
    report = report.plus(receipt);
    next.windowCommitted(feed, receipt);
  }

  @Override
  public void rowsRead(long rows, long bytes) {
    next.rowsRead(rows, bytes);
  }

  @Override
  public void warning(String message) {
    report = report.warned(message);
    next.warning(message);
  }
}
