package ai.birdie.core.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * How a cursor column's values lie on a line of whole numbers. A <em>position</em> is the number of
 * microseconds since 1970-01-01T00:00, in the column's own zone; every position that a row can have
 * is a multiple of the unit.
 *
 * @param unitMicros the column's resolution in microseconds: 1 for a timestamp, 86,400,000,000 for
 *     a date
 * @param zone the zone in which the column's values are meant; UTC for columns that carry their own
 */
public record CursorScale(long unitMicros, ZoneId zone) {

  private static final long DAY_MICROS = ChronoUnit.DAYS.getDuration().toNanos() / 1_000;

  /** Microseconds in UTC. */
  public static final CursorScale TIMESTAMP = new CursorScale(1, ZoneOffset.UTC);

  public CursorScale {
    requireNonNull(zone);
    if (unitMicros < 1) {
      throw new IllegalArgumentException("A unit is at least one microsecond");
    }
  }

  /** Microseconds without a zone, meant in {@code zone}. */
  public static CursorScale local(ZoneId zone) {
    return new CursorScale(1, zone);
  }

  /** Whole days in {@code zone}. */
  public static CursorScale days(ZoneId zone) {
    return new CursorScale(DAY_MICROS, zone);
  }

  /** The last position that is not after {@code instant}. */
  public long floor(Instant instant) {
    return floor(LocalDateTime.ofInstant(instant, zone));
  }

  /**
   * The last position that the zone's clocks have shown up to {@code instant}: after they were set
   * back, and until they have caught up, the one at which that happened; else {@link #floor}.
   */
  public long furthest(Instant instant) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
    LocalDateTime shown =
        Optional.ofNullable(zone.getRules().previousTransition(instant.plusNanos(1)))
            .map(ZoneOffsetTransition::getDateTimeBefore)
            .filter(local::isBefore)
            .orElse(local);
    return floor(shown);
  }

  private long floor(LocalDateTime local) {
    long micros =
        local.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + local.get(ChronoField.MICRO_OF_SECOND);
    return Math.floorDiv(micros, unitMicros) * unitMicros;
  }

  /** The next position that a row can have. */
  public long after(long position) {
    return Math.addExact(position, unitMicros);
  }

  /**
   * How far to reach back for {@code lag}: at least one unit, whole units, and an hour more where
   * the zone's clocks are set back once a year and so repeat an hour.
   */
  public long reach(Duration lag) {
    boolean repeatsAnHour = unitMicros < DAY_MICROS && !zone.getRules().isFixedOffset();
    Duration reach = lag.plusHours(repeatsAnHour ? 1 : 0);
    long micros = reach.toSeconds() * 1_000_000 + reach.toNanosPart() / 1_000;
    return Math.max(1, -Math.floorDiv(-micros, unitMicros)) * unitMicros;
  }

  /** How it measures, for people: such as {@code whole days (UTC)}. */
  String describe() {
    String unit =
        unitMicros == DAY_MICROS
            ? "whole days"
            : unitMicros == 1 ? "microseconds" : "units of " + unitMicros + " microseconds";
    return unit + " (" + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId()) + ")";
  }

  /** The position as people read it: a date, a local time, or an instant with its Z. */
  public String format(long position) {
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(position, 1_000_000L),
            (int) Math.floorMod(position, 1_000_000L) * 1_000,
            ZoneOffset.UTC);
    if (unitMicros == DAY_MICROS) {
      return local.toLocalDate().toString();
    }
    return zone.equals(ZoneOffset.UTC) ? local + "Z" : local + " " + zone.getId();
  }
}
