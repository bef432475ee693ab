package ai.birdie.app.run;

import ai.birdie.app.App;
import ai.birdie.app.config.Connection;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.StoreException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.Ingestion;
import ai.birdie.core.ingest.Reconciliation;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.RunReport;
import ai.birdie.core.ingest.Source;
import ai.birdie.core.ingest.Store;
import ai.birdie.core.ingest.Traffic;
import ai.birdie.databricks.DatabricksWorkspace;
import ai.birdie.duckdb.DuckStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the loop over every feed of some connections, one after another. */
public final class Run {

  private final App app;
  private final RunRecorder recorder;

  public Run(App app, RunListener listener) {
    this.app = app;
    this.recorder = new RunRecorder(listener);
  }

  /**
   * Reads every feed. A feed that fails does not keep the others from being read.
   *
   * @throws ai.birdie.core.error.ConfigException if a held window is to be accepted that is not
   *     there
   * @throws StoreException if the store cannot be used: no further feed could be landed either
   */
  public List<FeedOutcome> over(List<Connection> connections, Extent extent) {
    List<FeedOutcome> outcomes = new ArrayList<>();
    try (DuckStore store = app.store(recorder)) {
      if (extent instanceof Extent.Accepting(long heldWindow)) {
        store.accept(feeds(connections), heldWindow);
      }
      for (Connection connection : connections) {
        outcomes.addAll(feeds(store, connection, extent));
      }
    }
    return outcomes;
  }

  private static List<String> feeds(List<Connection> connections) {
    return connections.stream().flatMap(c -> c.feeds().stream()).map(Feed::name).toList();
  }

  private List<FeedOutcome> feeds(Store store, Connection connection, Extent extent) {
    List<FeedOutcome> outcomes = new ArrayList<>();
    try (DatabricksWorkspace workspace = app.workspace(connection, recorder);
        Source source = app.source(workspace)) {
      tellOfOtherKinds(workspace, connection);
      for (Feed feed : connection.feeds()) {
        outcomes.add(outcome(source, store, feed, extent));
      }
    }
    return outcomes;
  }

  private void tellOfOtherKinds(DatabricksWorkspace workspace, Connection connection) {
    try {
      OtherKinds.count(workspace, connection)
          .map(OtherKinds::describe)
          .map(rows -> connection.table() + ": " + rows + ".")
          .ifPresent(recorder::warning);
    } catch (BirdieException e) {
      recorder.warning("Rows of other kinds could not be counted: " + e.getMessage());
    }
  }

  private FeedOutcome outcome(Source source, Store store, Feed feed, Extent extent) {
    Ingestion ingestion = app.ingestion(source, store, recorder);
    Traffic before = source.traffic();
    try {
      Optional<Reconciliation> compared = run(ingestion, store, feed, extent);
      RunReport report = recorder.report(feed);
      Traffic traffic = source.traffic().since(before);
      return compared
          .<FeedOutcome>map(found -> new FeedOutcome.Compared(found, report, traffic))
          .orElseGet(() -> new FeedOutcome.Done(report, traffic));
    } catch (StoreException e) {
      throw e;
    } catch (BirdieException e) {
      return new FeedOutcome.Failed(recorder.report(feed), source.traffic().since(before), e);
    }
  }

  /** What comparing found, where the extent is to compare. */
  private static Optional<Reconciliation> run(
      Ingestion ingestion, Store store, Feed feed, Extent extent) {
    switch (extent) {
      case Extent.UpToDate(), Extent.Accepting(long _) -> ingestion.run(feed);
      case Extent.Anew() -> {
        store.restart(feed);
        ingestion.run(feed);
      }
      case Extent.Again(var from, var to) -> ingestion.reread(feed, from, to);
      case Extent.Compared() -> {
        return Optional.of(ingestion.reconcile(feed));
      }
      case Extent.Cleared(var deletion) -> {
        return Optional.of(ingestion.reconcile(feed, deletion));
      }
    }
    return Optional.empty();
  }
}
