package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.Interval;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.RunningTotal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Rows by where they lie: the total of an interval is the difference of two running ones. */
final class Positions {

  /**
   * A row, or what stands for one.
   *
   * @param count 1, or -1 for a row that is not to be counted
   */
  record Entry(Optional<Long> position, long hash, int count) {}

  private record Placed(long position, Entry entry) {}

  private final long[] positions;
  private final RunningTotal[] below;
  private final RunningTotal without = new RunningTotal();

  Positions(List<Entry> entries) {
    List<Placed> placed = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (entry.position().isPresent()) {
        placed.add(new Placed(entry.position().get(), entry));
      } else {
        without.add(entry.count(), entry.hash(), entry.count());
      }
    }
    placed.sort(Comparator.comparingLong(Placed::position));
    this.positions = placed.stream().mapToLong(Placed::position).toArray();
    this.below = below(placed);
  }

  private static RunningTotal[] below(List<Placed> placed) {
    RunningTotal[] below = new RunningTotal[placed.size() + 1];
    RunningTotal running = new RunningTotal();
    below[0] = running.copy();
    for (int i = 0; i < placed.size(); i++) {
      Entry entry = placed.get(i).entry();
      running.add(entry.count(), entry.hash(), entry.count());
      below[i + 1] = running.copy();
    }
    return below;
  }

  /** All positions, ascending. */
  LongStream all() {
    return Arrays.stream(positions);
  }

  /** The total of the window, or of all of the windows of which it is a slice. */
  Total of(Window window) {
    return switch (window) {
      case Window.Range range -> within(range.interval());
      case Window.Bucket bucket -> within(bucket.interval());
      case Window.Future future -> from(first(future.from()));
      case Window.NullCursor none -> without.total();
      case Window.Whole whole ->
          from(whole.from().map(this::first).orElse(0)).plus(without.total());
      case Window.Gone gone -> Total.NONE;
      case Window.Versions versions -> Total.NONE;
      case Window.Written written -> Total.NONE;
    };
  }

  private Total within(Interval interval) {
    return below[first(interval.to())].since(below[first(interval.from())]).total();
  }

  private Total from(int index) {
    return below[positions.length].since(below[index]).total();
  }

  /** The index of the first position that is not below this one. */
  private int first(long position) {
    int low = 0;
    int high = positions.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (positions[middle] < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
