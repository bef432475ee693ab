package ai.birdie.core.window;

import java.util.List;

/**
 * The windows of one run, in the order in which they are read, and what somebody should know about
 * them.
 */
public record Plan(List<Window> windows, List<String> warnings) {

  public Plan {
    windows = List.copyOf(windows);
    warnings = List.copyOf(warnings);
  }
}
