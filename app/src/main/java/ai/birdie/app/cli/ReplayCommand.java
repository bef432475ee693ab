package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.app.run.Extent;
import ai.birdie.app.run.FeedOutcome;
import ai.birdie.app.run.Run;
import ai.birdie.duckdb.FeedStatus;
import ai.birdie.duckdb.StoreReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code birdie quarantine replay FILE...}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Judges every row again, and reads again what the source holds otherwise.",
    footer = {
      "",
      "A row leaves quarantine when it satisfies its kind's rules: because its source was mended, or because",
      "the file's mapping says now what its columns mean. An old copy never takes a newer row's place.",
      "  birdie quarantine replay reviews.json"
    })
final class ReplayCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Mixin private final FeedFiles files = new FeedFiles();

  /** What {@code --json} prints of one feed. */
  record Replayed(String feed, long before, long after) {}

  ReplayCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var connections = files.connections(session);
    try (App app = session.app(common)) {
      Map<String, Long> before = quarantined(app);
      List<FeedOutcome> outcomes =
          new Run(app, session.progress()).over(connections, new Extent.Compared());
      Map<String, Long> after = quarantined(app);
      List<Replayed> replayed =
          outcomes.stream()
              .map(outcome -> outcome.feed().name())
              .map(feed ->
                  new Replayed(feed, before.getOrDefault(feed, 0L), after.getOrDefault(feed, 0L)))
              .toList();
      print(replayed);
      IngestReport report = new IngestReport(outcomes);
      report.explainFailures(session);
      return report.exitCode().code();
    }
  }

  private static Map<String, Long> quarantined(App app) {
    try (StoreReader reader = app.reader()) {
      return reader.feeds().stream()
          .collect(Collectors.toMap(FeedStatus::feed, FeedStatus::quarantined));
    }
  }

  private void print(List<Replayed> replayed) {
    if (common.json) {
      session.output().json(replayed);
      return;
    }
    replayed.forEach(of ->
        session
            .output()
            .line(
                "%s: %s rows were in quarantine, %s are now."
                    .formatted(of.feed(), Output.count(of.before()), Output.count(of.after()))));
  }
}
