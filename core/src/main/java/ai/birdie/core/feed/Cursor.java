package ai.birdie.core.feed;

import java.time.ZoneId;
import java.util.Optional;

/**
 * The column that says when a row was added or changed, and what the administrator declared of it.
 *
 * @param column the connection file's {@code partition_column}
 * @param zone the zone in which a column without one (TIMESTAMP_NTZ, DATE, text) is meant; UTC if
 *     absent
 * @param unit what a number in the column counts since 1970; required for a numeric column
 * @param pattern how a text in the column says a time; absent for text of any form
 */
public record Cursor(
    String column, Optional<ZoneId> zone, Optional<EpochUnit> unit, Optional<TextPattern> pattern) {

  /** What a numeric cursor counts since 1970-01-01T00:00:00Z. */
  public enum EpochUnit {
    SECONDS(1_000_000),
    MILLISECONDS(1_000),
    MICROSECONDS(1);

    private final long micros;

    EpochUnit(long micros) {
      this.micros = micros;
    }

    /** How many microseconds one of the unit is. */
    public long micros() {
      return micros;
    }
  }

  /** A cursor whose texts, if it has any, may be of any form. */
  public Cursor(String column, Optional<ZoneId> zone, Optional<EpochUnit> unit) {
    this(column, zone, unit, Optional.empty());
  }

  public Cursor {
    if (column.isBlank()) {
      throw new IllegalArgumentException("The partition column has no name");
    }
  }
}
