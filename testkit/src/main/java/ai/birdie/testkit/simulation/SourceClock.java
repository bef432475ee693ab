package ai.birdie.testkit.simulation;

import ai.birdie.core.window.CursorScale;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What the source's clock says at each moment: the time, and how far it is off from each jump on.
 *
 * @param jumps by the moment at which they happen
 */
record SourceClock(List<Jump> jumps) {

  /** From {@code moment} on the clock is ahead of the time by {@code micros}. */
  record Jump(long moment, long micros) {}

  SourceClock {
    jumps = List.copyOf(jumps);
  }

  Instant at(long moment) {
    long ahead = 0;
    for (Jump jump : jumps) {
      ahead = jump.moment() <= moment ? jump.micros() : ahead;
    }
    return Instant.EPOCH.plus(moment + ahead, ChronoUnit.MICROS);
  }

  /** The largest position that the clock has shown from {@code since} up to {@code moment}. */
  long furthest(CursorScale scale, long since, long moment) {
    return LongStream.concat(
            LongStream.of(since, moment),
            turns(scale, since).map(turn -> turn - 1).filter(t -> t >= since && t <= moment))
        .map(t -> scale.floor(at(t)))
        .max()
        .orElseThrow();
  }

  /** The moments at which positions may go back: at jumps, and when the clock sees its zone's. */
  private LongStream turns(CursorScale scale, long since) {
    LongStream moments = jumps.stream().mapToLong(Jump::moment);
    Optional<ZoneOffsetTransition> change =
        Optional.ofNullable(scale.zone().getRules().nextTransition(at(since)));
    return change.map(c -> LongStream.concat(moments, seen(c.getInstant()))).orElse(moments);
  }

  /** When the clock may show {@code instant}, by how far it is off. */
  private LongStream seen(Instant instant) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    return LongStream.concat(
        LongStream.of(micros), jumps.stream().mapToLong(jump -> micros - jump.micros()));
  }
}
