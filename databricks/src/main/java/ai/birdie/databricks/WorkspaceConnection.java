package ai.birdie.databricks;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.error.ConfigException;

/**
 * Where rows are read, through which SQL warehouse, and as whom.
 *
 * @param warehouseId the warehouse's id as the last part of its HTTP path shows it
 */
public record WorkspaceConnection(WorkspaceHost host, String warehouseId, Credentials credentials) {

  /**
   * Checks the id, because it becomes part of a path.
   *
   * @throws ConfigException if {@code warehouseId} cannot be the id of a warehouse
   */
  public WorkspaceConnection {
    requireNonNull(host);
    requireNonNull(credentials);
    if (!warehouseId.matches("[A-Za-z0-9_-]{1,100}")) {
      throw new ConfigException(
          "The warehouse_id is not the id of a SQL warehouse.",
          "Copy it from the warehouse's page: it is the last part of the HTTP path.");
    }
  }
}
