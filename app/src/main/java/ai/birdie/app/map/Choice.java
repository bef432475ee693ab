package ai.birdie.app.map;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Field;
import java.util.Optional;

/**
 * What is proposed for one field.
 *
 * @param origin where it comes from; empty where no column was found
 * @param confidence from 0 to 1
 * @param reason why this column, or what it costs that there is none
 */
public record Choice(Field field, Optional<Origin> origin, double confidence, String reason) {

  private static final double HIGH = 0.8;
  private static final double MEDIUM = 0.65;

  public Choice {
    requireNonNull(field);
    requireNonNull(origin);
    requireNonNull(reason);
  }

  /** The confidence in a word. */
  public String level() {
    if (origin.isEmpty()) {
      return "none";
    }
    return confidence >= HIGH ? "high" : confidence >= MEDIUM ? "medium" : "low";
  }
}
