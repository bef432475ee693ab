package ai.birdie.databricks;

/**
 * A SQL warehouse.
 *
 * @param state one of RUNNING, STARTING, STOPPING, STOPPED, DELETING, DELETED, as the API says it
 */
public record Warehouse(String id, String name, String state) {

  /** Whether it can take a statement without starting first. */
  public boolean isRunning() {
    return "RUNNING".equals(state);
  }
}
