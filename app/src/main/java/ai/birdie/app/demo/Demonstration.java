package ai.birdie.app.demo;

import ai.birdie.app.App;
import ai.birdie.app.config.Connection;
import ai.birdie.app.config.ConnectionFiles;
import ai.birdie.app.config.HostRule;
import ai.birdie.app.local.AdministratorSql;
import ai.birdie.app.local.LocalWorkspace;
import ai.birdie.app.run.Extent;
import ai.birdie.app.run.FeedOutcome;
import ai.birdie.app.run.Run;
import ai.birdie.app.validate.Check;
import ai.birdie.app.validate.Validation;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.ingest.Source;
import ai.birdie.databricks.DatabricksWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The steps of the demonstration, in their order. Belongs to one thread. */
public final class Demonstration implements AutoCloseable {

  private final LocalWorkspace workspace;
  private final App app;
  private final List<Connection> connections;

  private Demonstration(LocalWorkspace workspace, App app, List<Connection> connections) {
    this.workspace = workspace;
    this.app = app;
    this.connections = connections;
  }

  /** Starts a workspace with sample data, and writes a connection file for each of its tables. */
  public static Demonstration start(Path root, App app) {
    LocalWorkspace workspace = LocalWorkspace.start(root, List.of());
    try {
      Path folder = Files.createDirectories(app.home().resolve("connections"));
      ConnectionFiles reader = new ConnectionFiles(Map.of(), HostRule.LOCAL);
      List<Connection> connections =
          new SampleConnections(workspace.access())
              .write(folder).stream().map(reader::read).toList();
      return new Demonstration(workspace, app, connections);
    } catch (IOException e) {
      workspace.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      workspace.close();
      throw e;
    }
  }

  /** The workspace's address. */
  public String host() {
    return workspace.access().host();
  }

  public List<Connection> connections() {
    return connections;
  }

  /** Every check of one connection. */
  public List<Check> validate(Connection connection) {
    try (DatabricksWorkspace client = app.workspace(connection, RunListener.NONE);
        Source source = app.source(client)) {
      return new Validation(connection, client, source, check -> {}).run();
    }
  }

  /** Brings the store up to date with every table. */
  public List<FeedOutcome> ingest(RunListener listener) {
    return new Run(app, listener).over(connections, new Extent.UpToDate());
  }

  /** Changes the tables as an ETL job would; what was done, for people. */
  public List<String> change() {
    try (AdministratorSql sql = new AdministratorSql(workspace.access())) {
      return SampleChanges.apply(sql);
    }
  }

  @Override
  public void close() {
    workspace.close();
  }
}
