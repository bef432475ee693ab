package ai.birdie.app;

import ai.birdie.app.local.WorkspaceAccess;
import java.util.Map;
import java.util.TreeMap;

/** Faults of a local workspace; disarmed when closed. */
public final class ArmedFaults implements AutoCloseable {

  private static final String FAULTS = "faults";

  private final ControlPanel panel;

  public ArmedFaults(WorkspaceAccess access) {
    this.panel = new ControlPanel(access);
  }

  /** Arms one, as docs/reference/local-control.md describes it. */
  public ArmedFaults arm(Map<String, Object> fault) {
    panel.post(FAULTS, fault);
    return this;
  }

  /** How often each kind has struck. */
  public Map<String, Integer> struck() {
    Map<String, Integer> struck = new TreeMap<>();
    panel
        .get(FAULTS)
        .path("faults")
        .forEach(fault ->
            struck.merge(
                fault.path("kind").asString(), fault.path("struck").asInt(), Integer::sum));
    return struck;
  }

  /** Disarms all that there are. */
  public void disarm() {
    panel.delete(FAULTS);
  }

  @Override
  public void close() {
    disarm();
    panel.close();
  }
}
