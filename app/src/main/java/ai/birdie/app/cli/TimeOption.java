package ai.birdie.app.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time with its offset, or a date, which begins at midnight in UTC. */
final class TimeOption implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String value) {
    try {
      return value.length() == "2026-03-01".length()
          ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("it must be like 2026-03-01T00:00:00Z or 2026-03-01");
    }
  }
}
