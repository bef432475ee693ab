package ai.birdie.app;

import ai.birdie.app.local.WorkspaceAccess;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A writer's statement that has run, and has not committed yet; rolled back when closed before. */
final class HeldTransaction implements AutoCloseable {

  private static final String TRANSACTIONS = "transactions";

  private final ControlPanel panel;
  private final String id;
  private boolean held = true;

  private HeldTransaction(ControlPanel panel, String id) {
    this.panel = panel;
    this.id = id;
  }

  /** Runs a statement up to its commit: its {@code current_timestamp()} is the time it is now. */
  static HeldTransaction begin(WorkspaceAccess access, String sql) {
    ControlPanel panel = new ControlPanel(access);
    JsonNode answer = panel.post(TRANSACTIONS, Map.of("statement", sql));
    return new HeldTransaction(panel, answer.path("id").asString());
  }

  void commit() {
    String state = end("commit").path("state").asString();
    if (!state.equals("COMMITTED")) {
      throw new AssertionError("The transaction is " + state);
    }
  }

  @Override
  public void close() {
    if (held) {
      end("rollback");
    }
    panel.close();
  }

  private JsonNode end(String how) {
    held = false;
    return panel.post(TRANSACTIONS + "/" + id + "/" + how, Map.of());
  }
}
