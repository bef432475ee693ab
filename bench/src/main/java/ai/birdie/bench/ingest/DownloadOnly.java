package ai.birdie.bench.ingest;

import ai.birdie.app.App;
import ai.birdie.app.config.Connection;
import ai.birdie.app.config.ConnectionFiles;
import ai.birdie.app.config.HostRule;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.window.Coverage;
import ai.birdie.core.window.Planner;
import ai.birdie.core.window.Window;
import ai.birdie.databricks.DatabricksWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Downloads and decodes every row, and drops it. */
final class DownloadOnly {

  private DownloadOnly() {}

  /** Arguments: a connection file. */
  public static void main(String[] arguments) throws IOException {
    Connection connection =
        new ConnectionFiles(Map.of(), HostRule.LOCAL).read(Path.of(arguments[0]));
    Feed feed = connection.feeds().getFirst();
    long rows = 0;
    try (App app = new App(Path.of("."), Clock.systemUTC());
        DatabricksWorkspace workspace = app.workspace(connection, RunListener.NONE);
        Source source = app.source(workspace)) {
      Coverage nothing = Coverage.none();
      var plan = new Planner().plan(feed, nothing, source.probe(feed, nothing));
      for (Window window : plan.windows()) {
        rows += drain(source, feed, window);
      }
    }
    new Counted(rows, 0).print();
  }

  private static long drain(Source source, Feed feed, Window window) throws IOException {
    try (BatchReader batches = source.read(feed, window)) {
      while (batches.loadNextBatch()) {
        // the next one takes its place
      }
      return batches.proof().rows();
    }
  }
}
