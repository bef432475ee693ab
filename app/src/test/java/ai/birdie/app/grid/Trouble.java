package ai.birdie.app.grid;

import ai.birdie.testkit.fault.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Brings a fault about. */
@FunctionalInterface
interface Trouble {

  int ONCE = 1;
  int ALWAYS = Integer.MAX_VALUE;

  /** Prepares it, so that it strikes the run at that step. */
  void prepare(Scene scene, Step step);

  /** By the proxy before the workspace. */
  static Trouble proxied(Fault fault, int times) {
    return (scene, step) -> scene.proxy().arm(step.call(), fault, times);
  }

  /** By a table with these rows. */
  static Trouble table(String name, String select) {
    return (scene, step) -> scene.table("fault_grid_" + name, select);
  }

  /** By the workspace itself, as docs/reference/local-control.md describes its faults. */
  static Trouble armed(String kind, int times, Map<String, Object> parameters) {
    return (scene, step) -> {
      Map<String, Object> fault = new HashMap<>(parameters);
      fault.put("kind", kind);
      fault.put("where", step.target());
      fault.putAll(times == ALWAYS ? Map.of("always", true) : Map.of("times", times));
      if (step != Step.TOKEN) {
        fault.put("query_tag", "birdie_feed=" + scene.feed());
        fault.put("statement_contains", "_row_hash");
      }
      scene.faults().arm(fault);
    };
  }

  /** By another thing, too. */
  default Trouble and(Trouble other) {
    return (scene, step) -> {
      prepare(scene, step);
      other.prepare(scene, step);
    };
  }

  /** The same, and the product does not wait for an answer any longer than that. */
  default Trouble within(Duration patience) {
    return (scene, step) -> {
      scene.patience(patience);
      prepare(scene, step);
    };
  }
}
