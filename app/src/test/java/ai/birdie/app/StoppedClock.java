package ai.birdie.app;

import ai.birdie.app.local.WorkspaceAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A local workspace's clock, which stands where a test puts it; the system's again when closed. */
final class StoppedClock implements AutoCloseable {

  private static final String CLOCK = "clock";

  private final ControlPanel panel;

  private StoppedClock(ControlPanel panel) {
    this.panel = panel;
  }

  /** Stops the clock at a time in ISO 8601. */
  static StoppedClock at(WorkspaceAccess access, String time) {
    StoppedClock clock = new StoppedClock(new ControlPanel(access));
    clock.set(Instant.parse(time));
    return clock;
  }

  void set(Instant time) {
    panel.post(CLOCK, Map.of("set", time.toString(), "freeze", true));
  }

  void advance(Duration by) {
    panel.post(CLOCK, Map.of("advance", by.toString()));
  }

  @Override
  public void close() {
    panel.post(CLOCK, Map.of("reset", true));
    panel.close();
  }
}
