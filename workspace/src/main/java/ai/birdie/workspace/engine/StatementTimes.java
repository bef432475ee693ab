package ai.birdie.workspace.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The one time that all of a statement sees, its views and defaults included. Thread-safe. */
final class StatementTimes {
  private final InstantSource clock;
  private final Map<String, Instant> begun = new ConcurrentHashMap<>();

  StatementTimes(InstantSource clock) {
    this.clock = clock;
  }

  /** A statement begins in a Spark session. */
  void begin(String sessionId) {
    begun.put(sessionId, clock.instant());
  }

  /** It has ended. */
  void end(String sessionId) {
    begun.remove(sessionId);
  }

  /** What the session's statement sees; the clock's time, where none has begun. */
  Instant of(String sessionId) {
    Instant time = begun.get(sessionId);
    return time == null ? clock.instant() : time;
  }
}
