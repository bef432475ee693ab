package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.app.run.Extent;
import ai.birdie.app.run.FeedOutcome;
import ai.birdie.app.run.Run;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code birdie reconcile FILE...}. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description = "Compares store and source bucket by bucket, and reads again what differs.",
    footer = {
      "",
      "Finds what no ordinary run can see: rows committed later than the lag, and changes that did not",
      "touch the partition column. Rows that the source has no longer are kept.",
      "  birdie reconcile nps.json"
    })
final class ReconcileCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Mixin private final FeedFiles files = new FeedFiles();

  ReconcileCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var connections = files.connections(session);
    try (App app = session.app(common)) {
      List<FeedOutcome> outcomes =
          new Run(app, session.progress()).over(connections, new Extent.Compared());
      ReconcileReport report = new ReconcileReport(outcomes);
      if (common.json) {
        session.output().json(report.document());
      } else {
        report.print(session.output());
      }
      new IngestReport(outcomes).explainFailures(session);
      return report.exitCode().code();
    }
  }
}
