package ai.birdie.core.window;

import java.util.List;

/**
 * The windows of one run, in the order in which they are read, and what somebody should know about
 * them.
 *
 * @param outcome whether landing them all brings the feed up to its horizon
 */
public record Plan(List<Window> windows, List<String> warnings, Outcome outcome) {

  /** What landing every window of a plan comes to. */
  public enum Outcome {
    REACHES_THE_HORIZON,
    REFUSED
  }

  public Plan {
    windows = List.copyOf(windows);
    warnings = List.copyOf(warnings);
  }

  static Plan of(List<Window> windows) {
    return new Plan(windows, List.of(), Outcome.REACHES_THE_HORIZON);
  }

  static Plan refused(String why) {
    return new Plan(List.of(), List.of(why), Outcome.REFUSED);
  }
}
