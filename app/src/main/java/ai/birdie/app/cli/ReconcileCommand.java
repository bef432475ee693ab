package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.app.run.Extent;
import ai.birdie.app.run.FeedOutcome;
import ai.birdie.app.run.Run;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Deletion;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code birdie reconcile FILE...}. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description =
        "Brings the store up to date, compares it with the source bucket by bucket, and reads again what differs.",
    footer = {
      "",
      "Finds what no ordinary run can see: rows committed later than the lag, and changes that did not",
      "touch the partition column. Rows that the source has no longer are kept, unless --deletes is given.",
      "  birdie reconcile nps.json",
      "  birdie reconcile --deletes --delete-at-most 5 nps.json"
    })
final class ReconcileCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Mixin private final FeedFiles files = new FeedFiles();

  @ArgGroup(exclusive = false)
  private @Nullable Deletes deletes;

  /** Whether rows leave that the source has no longer. */
  static final class Deletes {

    @Option(
        names = "--deletes",
        required = true,
        description = "Delete the rows that the source has no longer.")
    private boolean wanted;

    @Option(
        names = "--delete-at-most",
        paramLabel = "PERCENT",
        description =
            "The share of a feed's rows that may be deleted without asking, in percent; else 1.")
    private double percent = 100 * Deletion.DEFAULT_AT_MOST;

    Extent extent(Deletion.Consent beyond) {
      if (!(percent >= 0 && percent <= 100)) {
        throw new ConfigException(
            "--delete-at-most is not a share in percent.", "Give a number from 0 to 100.");
      }
      return wanted
          ? new Extent.Cleared(new Deletion(percent / 100, beyond))
          : new Extent.Compared();
    }
  }

  ReconcileCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Deletion.Consent asked = common.json ? Deletion.Consent.NONE : this::ask;
    Extent extent = deletes == null ? new Extent.Compared() : deletes.extent(asked);
    var connections = files.connections(session);
    try (App app = session.app(common)) {
      List<FeedOutcome> outcomes = new Run(app, session.progress()).over(connections, extent);
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

  private boolean ask(Feed feed, long gone, long kept) {
    return session.ask(
        "%s no longer shows %s of the %s rows that the store has of %s. Delete them?"
            .formatted(feed.table(), Output.count(gone), Output.count(kept), feed.name()));
  }
}
