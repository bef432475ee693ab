package ai.birdie.workspace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs as the system's, ahead of it by as much as a test says. Thread-safe. */
final class SettableClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(ahead);
  }
}
