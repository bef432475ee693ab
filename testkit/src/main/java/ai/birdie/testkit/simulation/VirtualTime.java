package ai.birdie.testkit.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The time of a simulated world, in microseconds since 1970. It goes on only when told to. */
final class VirtualTime implements InstantSource {

  private long now;

  VirtualTime(long start) {
    this.now = start;
  }

  long now() {
    return now;
  }

  void pass(long micros) {
    now += micros;
  }

  /** Goes on to {@code moment}, unless that is past. */
  void reach(long moment) {
    now = Math.max(now, moment);
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plus(now, ChronoUnit.MICROS);
  }
}
