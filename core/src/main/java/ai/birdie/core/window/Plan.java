package ai.birdie.core.window;

import ai.birdie.core.receipt.ControlTotal;
import java.util.List;
import java.util.Map;

/**
 * The windows of one run, in the order in which they are read, and what somebody should know about
 * them.
 *
 * @param known what the source has said already that some of the windows hold
 * @param outcome whether landing them all brings the feed up to its horizon
 */
public record Plan(
    List<Window> windows, Map<Window, ControlTotal> known, List<String> warnings, Outcome outcome) {

  /** What landing every window of a plan comes to. */
  public enum Outcome {
    REACHES_THE_HORIZON,
    REFUSED
  }

  public Plan {
    windows = List.copyOf(windows);
    known = Map.copyOf(known);
    warnings = List.copyOf(warnings);
  }

  /** A plan of windows of which nothing is known yet. */
  public static Plan of(List<Window> windows) {
    return of(windows, Map.of());
  }

  static Plan of(List<Window> windows, Map<Window, ControlTotal> known) {
    return new Plan(windows, known, List.of(), Outcome.REACHES_THE_HORIZON);
  }

  static Plan refused(String why) {
    return new Plan(List.of(), Map.of(), List.of(why), Outcome.REFUSED);
  }
}
