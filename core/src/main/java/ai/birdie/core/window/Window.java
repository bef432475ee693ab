package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** What one statement reads of a feed. */
public sealed interface Window {

  /** The source's clock at which the run that reads the window began. */
  Horizon horizon();

  /** Which of the rows it reads. */
  Slice slice();

  /**
   * What becomes durable when the window commits; empty for windows that every run reads anew, and
   * for a slice that is not the last one.
   */
  Optional<Interval> covers();

  /**
   * The version of the table whose rows a store holds, all of them and no others, once it has
   * landed the window and no doubt was left; empty where it takes a comparison to tell.
   *
   * @param held the version whose rows it held before
   */
  default Optional<TableVersion> landed(Optional<TableVersion> held) {
    return held.filter(version -> horizon().version().filter(version::equals).isPresent());
  }

  /**
   * The version whose rows a store holds once it is sure that it holds what the source does of the
   * window, without having read it.
   *
   * @param held the version whose rows it held before
   */
  default Optional<TableVersion> confirmed(Optional<TableVersion> held) {
    return held;
  }

  /** The interval of which it reads every row; empty where it is told otherwise what it reads. */
  default Optional<Interval> bounded() {
    return Optional.empty();
  }

  /** The window that reads another slice of the same rows. */
  Window sliced(Slice slice);

  /**
   * Windows that together read the same rows, to be landed in this order; empty where it cannot be
   * cut any finer.
   */
  default List<Window> in(int parts) {
    return slice().in(parts).stream().map(this::sliced).toList();
  }

  /** The window's sort, as receipts name it. */
  String sort();

  /** The window's bounds as people read them. */
  String describe();

  private static String of(Slice slice, String rows) {
    return slice.isWhole() ? rows : slice.describe() + " of " + rows;
  }

  /** Rows whose cursor lies in a half-open interval. */
  record Range(Horizon horizon, Interval interval, Slice slice) implements Window {

    public Range {
      requireNonNull(horizon);
      requireNonNull(interval);
      requireNonNull(slice);
    }

    /** All rows of the interval. */
    public Range(Horizon horizon, Interval interval) {
      this(horizon, interval, Slice.WHOLE);
    }

    @Override
    public Optional<Interval> covers() {
      return slice.isLast() ? Optional.of(interval) : Optional.empty();
    }

    @Override
    public Optional<Interval> bounded() {
      return Optional.of(interval);
    }

    @Override
    public Range sliced(Slice other) {
      return new Range(horizon, interval, other);
    }

    @Override
    public String sort() {
      return "range";
    }

    @Override
    public String describe() {
      return of(slice, interval.describe(horizon.scale()));
    }
  }

  /**
   * Rows of an interval that is covered already, read again because the source holds something else
   * there than the store. What it reads takes the place of what the store held in the interval.
   */
  record Bucket(Horizon horizon, Interval interval, Slice slice) implements Window {

    public Bucket {
      requireNonNull(horizon);
      requireNonNull(interval);
      requireNonNull(slice);
    }

    /** All rows of the interval. */
    public Bucket(Horizon horizon, Interval interval) {
      this(horizon, interval, Slice.WHOLE);
    }

    /** This bucket and {@code other}, which lies against it. */
    Bucket joined(Bucket other) {
      return new Bucket(horizon, interval.hull(other.interval));
    }

    @Override
    public Optional<Interval> covers() {
      return Optional.empty();
    }

    @Override
    public Optional<Interval> bounded() {
      return Optional.of(interval);
    }

    @Override
    public Bucket sliced(Slice other) {
      return new Bucket(horizon, interval, other);
    }

    @Override
    public String sort() {
      return "bucket";
    }

    @Override
    public String describe() {
      return of(slice, interval.describe(horizon.scale()));
    }
  }

  /** Rows that have no cursor, or one that cannot be read as such. They are read in every run. */
  record NullCursor(Horizon horizon, Slice slice) implements Window {

    public NullCursor {
      requireNonNull(horizon);
      requireNonNull(slice);
    }

    /** All of them. */
    public NullCursor(Horizon horizon) {
      this(horizon, Slice.WHOLE);
    }

    @Override
    public NullCursor sliced(Slice other) {
      return new NullCursor(horizon, other);
    }

    @Override
    public Optional<Interval> covers() {
      return Optional.empty();
    }

    @Override
    public String sort() {
      return "null-cursor";
    }

    @Override
    public String describe() {
      return of(slice, "rows without a cursor");
    }
  }

  /**
   * Rows whose cursor lies at or after {@code from}, ahead of the source's clock or in its
   * unfinished unit. They are read in every run until the clock has passed them.
   */
  record Future(Horizon horizon, long from, Slice slice) implements Window {

    public Future {
      requireNonNull(horizon);
      requireNonNull(slice);
    }

    /** All of them. */
    public Future(Horizon horizon, long from) {
      this(horizon, from, Slice.WHOLE);
    }

    @Override
    public Future sliced(Slice other) {
      return new Future(horizon, from, other);
    }

    @Override
    public Optional<Interval> covers() {
      return Optional.empty();
    }

    @Override
    public String sort() {
      return "future";
    }

    @Override
    public String describe() {
      return of(slice, "from " + horizon.scale().format(from) + " on");
    }
  }

  /**
   * The events of a table's change feed: rows that came, and rows that went. Their total is how
   * many events they are, and the sum of the hashes of rows that came less those of rows that went.
   *
   * @param after the version from which on events are read, without it
   * @param upTo the version up to which they are read, with it; the same where nothing is new
   * @param from the smallest position of the feed's rows; empty where it has all of the table's
   * @param extent what is covered when all slices are durable
   */
  record Versions(
      Horizon horizon,
      long after,
      TableVersion upTo,
      Optional<Long> from,
      Optional<Interval> extent,
      Slice slice)
      implements Window {

    public Versions {
      requireNonNull(horizon);
      requireNonNull(upTo);
      requireNonNull(from);
      requireNonNull(extent);
      requireNonNull(slice);
      if (after > upTo.number()) {
        throw new IllegalArgumentException("Versions are read forwards");
      }
    }

    @Override
    public Versions sliced(Slice other) {
      return new Versions(horizon, after, upTo, from, extent, other);
    }

    @Override
    public Optional<Interval> covers() {
      return slice.isLast() ? extent : Optional.empty();
    }

    /** A slice leads nowhere: whoever stops after it holds no version's rows. */
    @Override
    public Optional<TableVersion> landed(Optional<TableVersion> held) {
      return held.filter(version -> version.number() == after && slice.isWhole()).map(v -> upTo);
    }

    @Override
    public Optional<TableVersion> confirmed(Optional<TableVersion> held) {
      return landed(held).or(() -> held);
    }

    @Override
    public String sort() {
      return "versions";
    }

    @Override
    public String describe() {
      if (upTo.number() == after) {
        return "nothing after version " + after;
      }
      String first = "version " + (after + 1);
      return of(slice, upTo.number() == after + 1 ? first : first + " to " + upTo.number());
    }
  }

  /**
   * The rows that were written after a version, and are still there at the horizon's.
   *
   * @param from the smallest position of the feed's rows; empty where it has all of the table's
   */
  record Written(
      Horizon horizon, long after, Optional<Long> from, Optional<Interval> extent, Slice slice)
      implements Window {

    public Written {
      requireNonNull(horizon);
      requireNonNull(from);
      requireNonNull(extent);
      requireNonNull(slice);
      if (horizon.version().isEmpty()) {
        throw new IllegalArgumentException("Rows are written after one version and before another");
      }
    }

    @Override
    public Written sliced(Slice other) {
      return new Written(horizon, after, from, extent, other);
    }

    @Override
    public Optional<Interval> covers() {
      return slice.isLast() ? extent : Optional.empty();
    }

    @Override
    public Optional<TableVersion> landed(Optional<TableVersion> held) {
      return held.filter(version -> version.number() == after && slice.isWhole())
          .flatMap(version -> horizon.version());
    }

    @Override
    public Optional<TableVersion> confirmed(Optional<TableVersion> held) {
      return landed(held).or(() -> held);
    }

    @Override
    public String sort() {
      return "written";
    }

    @Override
    public String describe() {
      return of(
          slice,
          "rows written after version "
              + after
              + ", at version "
              + horizon.version().orElseThrow().number());
    }
  }

  /** A window that is only compared, and never read. */
  sealed interface Unread extends Window permits Whole, Gone {

    @Override
    default Slice slice() {
      return Slice.WHOLE;
    }

    @Override
    default Window sliced(Slice other) {
      throw new IllegalStateException("What is not read is not read in slices");
    }

    @Override
    default List<Window> in(int parts) {
      return List.of();
    }

    @Override
    default Optional<Interval> covers() {
      return Optional.empty();
    }
  }

  /**
   * All rows of a feed at once. It is never read, only compared.
   *
   * @param from the smallest position of the feed's rows; empty where it has all of the table's
   */
  record Whole(Horizon horizon, Optional<Long> from) implements Unread {

    public Whole {
      requireNonNull(horizon);
      requireNonNull(from);
    }

    @Override
    public Optional<TableVersion> confirmed(Optional<TableVersion> held) {
      return horizon.version();
    }

    @Override
    public String sort() {
      return "whole";
    }

    @Override
    public String describe() {
      return "all rows" + horizon.version().map(v -> " of version " + v.number()).orElse("");
    }
  }

  /**
   * Rows that a store keeps although their source has them no longer. They are never read. Each
   * counts as one event by which it went: its hash counts negative.
   *
   * @param compared the windows in which they lie, each compared with the source
   */
  record Gone(Horizon horizon, List<Window> compared) implements Unread {

    public Gone {
      requireNonNull(horizon);
      compared = List.copyOf(compared);
    }

    @Override
    public String sort() {
      return "gone";
    }

    @Override
    public String describe() {
      return "rows that the source has no longer";
    }
  }
}
