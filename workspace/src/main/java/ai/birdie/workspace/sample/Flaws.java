package ai.birdie.workspace.sample;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a flaw makes of a value. */
final class Flaws {
  private static final Duration FUTURE = Duration.ofDays(30);

  private Flaws() {}

  static @Nullable String key(Flaw flaw, String key) {
    return switch (flaw) {
      case NULL_KEY -> null;
      case BLANK_KEY -> "  ";
      default -> key;
    };
  }

  static @Nullable Instant cursor(Flaw flaw, Instant cursor, Instant now) {
    return switch (flaw) {
      case NULL_CURSOR -> null;
      case IN_THE_FUTURE -> now.plus(FUTURE).minusSeconds(cursor.getEpochSecond() % 86_400);
      default -> cursor;
    };
  }
}
