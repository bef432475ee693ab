package ai.birdie.databricks.sample;

import ai.birdie.core.contract.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** A value that came as exact text, as contracts read it. */
final class ExactValue {

  private ExactValue() {}

  static Object of(Shape shape, String text) {
    return switch (shape) {
      case WHOLE -> whole(new BigInteger(text));
      case DECIMAL -> new BigDecimal(text);
      case FLOATING -> Double.valueOf(text);
      case TRUTH -> Boolean.valueOf(text);
      case DATE -> LocalDate.ofEpochDay(Long.parseLong(text));
      case TIMESTAMP -> instant(text);
      case LOCAL_TIMESTAMP -> LocalDateTime.ofInstant(instant(text), ZoneOffset.UTC);
      case BYTES -> Base64.getMimeDecoder().decode(text);
      default -> text;
    };
  }

  private static Object whole(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private static Instant instant(String micros) {
    return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }
}
