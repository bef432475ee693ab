package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Total;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

  /** A plan of windows of some of which the source has said what they hold. */
  public static Plan of(List<Window> windows, Map<Window, ControlTotal> known) {
    return new Plan(windows, known, List.of(), Outcome.REACHES_THE_HORIZON);
  }

  static Plan refused(String why) {
    return new Plan(List.of(), Map.of(), List.of(why), Outcome.REFUSED);
  }

  /**
   * This plan without the buckets that need not be read.
   *
   * @param held tells of windows what a store holds; asked once
   */
  public Plan narrowed(Function<List<Window>, List<Total>> held) {
    List<Window> buckets =
        windows.stream()
            .filter(window -> window instanceof Window.Bucket && known.containsKey(window))
            .toList();
    if (buckets.isEmpty()) {
      return this;
    }
    List<Total> totals = held.apply(buckets);
    Set<Window> same = new HashSet<>();
    for (int i = 0; i < buckets.size(); i++) {
      if (requireNonNull(known.get(buckets.get(i))).total().equals(totals.get(i))) {
        same.add(buckets.get(i));
      }
    }
    List<Window> kept = windows.stream().filter(window -> !same.contains(window)).toList();
    return new Plan(kept, known, warnings, outcome);
  }

  /**
   * This plan with those buckets joined that lie against each other, as long as they have no more
   * rows than that together: each costs a statement.
   */
  public Plan joined(long rows) {
    List<Window> kept = new ArrayList<>();
    Map<Window, ControlTotal> totals = new HashMap<>(known);
    for (Window window : windows) {
      Optional<ControlTotal> total = Optional.ofNullable(known.get(window));
      if (window instanceof Window.Bucket bucket && total.isPresent()) {
        keep(bucket, total.get(), rows, kept, totals);
      } else {
        kept.add(window);
      }
    }
    return new Plan(kept, totals, warnings, outcome);
  }

  /** Joins the bucket to the last one, if it lies right below it and the two are not too many. */
  private static void keep(
      Window.Bucket bucket,
      ControlTotal total,
      long rows,
      List<Window> kept,
      Map<Window, ControlTotal> totals) {
    int last = kept.size() - 1;
    if (last >= 0
        && kept.get(last) instanceof Window.Bucket above
        && totals.containsKey(above)
        && bucket.interval().to() == above.interval().from()) {
      ControlTotal both = total.plus(requireNonNull(totals.get(above)));
      if (both.total().rows() <= rows) {
        Window.Bucket joined = bucket.joined(above);
        kept.set(last, joined);
        totals.put(joined, both);
        return;
      }
    }
    kept.add(bucket);
  }
}
