package ai.birdie.workspace.statement;

import java.util.Optional;

/**
 * A parameter of a statement.
 *
 * @param marker what it takes the place of
 * @param value as text; absent means NULL
 * @param type a SQL type, such as {@code TIMESTAMP}
 */
public record Parameter(Marker marker, Optional<String> value, String type) {
  /** What a parameter takes the place of. */
  public sealed interface Marker {}

  /**
   * A marker such as {@code :start}.
   *
   * @param name without the colon
   */
  public record Named(String name) implements Marker {
    public Named {
      if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
        throw new IllegalArgumentException(
            "a parameter's name must be an identifier, not: " + name);
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A question mark, as drivers use it.
   *
   * @param ordinal which one, counted from 1
   */
  public record Positional(int ordinal) implements Marker {
    public Positional {
      if (ordinal < 1) {
        throw new IllegalArgumentException("a parameter's ordinal counts from 1, not: " + ordinal);
      }
    }

    @Override
    public String toString() {
      return Integer.toString(ordinal);
    }
  }
}
