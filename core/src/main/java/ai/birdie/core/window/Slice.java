package ai.birdie.core.window;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The part of a window's rows whose keys' hash leaves {@code index} when divided by {@code count}.
 * A row stays in its slice whatever becomes of its other columns.
 */
public record Slice(int index, int count) {

  /** All rows. */
  public static final Slice WHOLE = new Slice(0, 1);

  /** A window that is too large in so many slices is so for another reason than its rows. */
  static final int MOST = 1 << 14;

  public Slice {
    if (count < 1 || count > MOST || index < 0 || index >= count) {
      throw new IllegalArgumentException("Not a slice: " + index + " of " + count);
    }
  }

  /** Whether this is the window itself. */
  public boolean isWhole() {
    return count == 1;
  }

  /**
   * Whether every other slice comes before it, where slices are read in the order of {@link #in}.
   */
  public boolean isLast() {
    return index == count - 1;
  }

  /**
   * This slice in {@code parts}, which together hold its rows; empty where it is too fine for that.
   */
  public List<Slice> in(int parts) {
    if ((long) count * parts > MOST) {
      return List.of();
    }
    return IntStream.range(0, parts)
        .mapToObj(part -> new Slice(index + part * count, count * parts))
        .toList();
  }

  /** Such as {@code slice 2 of 4}. */
  String describe() {
    return "slice " + (index + 1) + " of " + count;
  }
}
