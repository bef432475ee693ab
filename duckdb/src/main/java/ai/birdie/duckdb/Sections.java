package ai.birdie.duckdb;

import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies between two neighbours of all the bounds that some windows have, numbered from below.
 * However the windows overlap, each of them is made of whole sections, so that one scan which adds
 * up the sections tells of them all.
 */
final class Sections {

  /** The section of rows without a position. */
  private static final int WITHOUT = -1;

  private final List<Window> windows;
  private final NavigableSet<Long> bounds = new TreeSet<>();

  Sections(List<Window> windows) {
    this.windows = windows;
    windows.forEach(window -> bounds(window).forEach(bounds::add));
  }

  private static Stream<Long> bounds(Window window) {
    return switch (window) {
      case Window.Future future -> Stream.of(future.from());
      case Window.Whole whole -> whole.from().stream();
      default -> window.bounded().stream().flatMap(i -> Stream.of(i.from(), i.to()));
    };
  }

  /** The number of the section in which a row lies, by its position, a column. */
  String number(String position) {
    return "if(%s IS NULL, %s, %s)"
        .formatted(position, WITHOUT, tree(position, List.copyOf(bounds), 0));
  }

  /** A row is compared with as many bounds as the tree is deep. */
  private static String tree(String position, List<Long> sorted, int below) {
    if (sorted.isEmpty()) {
      return Integer.toString(below);
    }
    int half = sorted.size() / 2;
    return "if(%s < %s, %s, %s)"
        .formatted(
            position,
            sorted.get(half),
            tree(position, sorted.subList(0, half), below),
            tree(position, sorted.subList(half + 1, sorted.size()), below + half + 1));
  }

  /** A condition that holds for every row of the windows, and lets the engine skip blocks. */
  String rows(String position) {
    List<String> any = new ArrayList<>();
    for (Window window : windows) {
      if (!(window instanceof Window.Range) && !(window instanceof Window.Bucket)) {
        any.add(Bounds.of(window, position));
      }
    }
    windows.stream()
        .flatMap(window -> window.bounded().stream())
        .reduce(Interval::hull)
        .ifPresent(hull -> any.add(Bounds.within(hull, position)));
    return any.isEmpty() ? "false" : String.join(" OR ", any);
  }

  /**
   * The total of one of the windows.
   *
   * @param totals by the number of the section
   */
  Total of(Window window, NavigableMap<Integer, Total> totals) {
    return switch (window) {
      case Window.Range range -> within(range.interval(), totals);
      case Window.Bucket bucket -> within(bucket.interval(), totals);
      case Window.Future future -> onwards(future.from(), totals);
      case Window.NullCursor none -> without(totals);
      case Window.Whole whole ->
          whole
              .from()
              .map(from -> onwards(from, totals).plus(without(totals)))
              .orElseGet(() -> sum(totals.values()));
      case Window.Gone gone -> Total.NONE;
      case Window.Versions versions -> Total.NONE;
      case Window.Written written -> Total.NONE;
    };
  }

  private Total within(Interval interval, NavigableMap<Integer, Total> totals) {
    return sum(totals.subMap(above(interval.from()), above(interval.to())).values());
  }

  private Total onwards(long from, NavigableMap<Integer, Total> totals) {
    return sum(totals.tailMap(above(from), true).values());
  }

  private static Total without(NavigableMap<Integer, Total> totals) {
    return totals.getOrDefault(WITHOUT, Total.NONE);
  }

  private static Total sum(Collection<Total> totals) {
    return totals.stream().reduce(Total.NONE, Total::plus);
  }

  /** The section that begins at a bound. */
  private int above(long bound) {
    return bounds.headSet(bound, true).size();
  }
}
