package ai.birdie.app.config;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.TableName;
import ai.birdie.databricks.WorkspaceConnection;
import java.nio.file.Path;
import java.util.List;

/**
 * One connection file, understood: how to reach the workspace, and what to read there. Printing it
 * shows no secret.
 *
 * @param file the file it was read from, as it was named
 * @param workspace host, warehouse, and credentials
 * @param feeds one for each kind of record, in the file's order, never empty; all of one table
 * @param warnings what works and yet may not be what was meant, in the file's order
 */
public record Connection(
    Path file, WorkspaceConnection workspace, List<Feed> feeds, List<Warning> warnings) {

  public Connection {
    requireNonNull(file);
    requireNonNull(workspace);
    feeds = List.copyOf(feeds);
    warnings = List.copyOf(warnings);
    if (feeds.isEmpty()) {
      throw new IllegalArgumentException("A connection has at least one feed");
    }
  }

  /** The table or view that all feeds read. */
  public TableName table() {
    return feeds.getFirst().table();
  }
}
