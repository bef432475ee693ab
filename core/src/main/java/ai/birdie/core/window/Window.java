package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What one statement reads of a feed. */
public sealed interface Window {

  /** The source's clock at which the run that reads the window began. */
  Horizon horizon();

  /** What becomes durable when the window commits; empty for windows that every run reads anew. */
  Optional<Interval> covers();

  /** The window's sort, as receipts name it. */
  String sort();

  /** The window's bounds as people read them. */
  String describe();

  /** Rows whose cursor lies in a half-open interval. */
  record Range(Horizon horizon, Interval interval) implements Window {

    public Range {
      requireNonNull(horizon);
      requireNonNull(interval);
    }

    @Override
    public Optional<Interval> covers() {
      return Optional.of(interval);
    }

    @Override
    public String sort() {
      return "range";
    }

    @Override
    public String describe() {
      CursorScale scale = horizon.scale();
      return "[" + scale.format(interval.from()) + ", " + scale.format(interval.to()) + ")";
    }
  }

  /** Rows that have no cursor, or one that cannot be read as such. They are read in every run. */
  record NullCursor(Horizon horizon) implements Window {

    public NullCursor {
      requireNonNull(horizon);
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
      return "rows without a cursor";
    }
  }

  /**
   * Rows whose cursor lies at or after {@code from}, ahead of the source's clock or in its
   * unfinished unit. They are read in every run until the clock has passed them.
   */
  record Future(Horizon horizon, long from) implements Window {

    public Future {
      requireNonNull(horizon);
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
      return "from " + horizon.scale().format(from) + " on";
    }
  }
}
