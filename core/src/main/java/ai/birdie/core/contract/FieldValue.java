package ai.birdie.core.contract;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a column's value is as a field's, in plain Java: the meaning that every engine's own
 * language is tested against.
 *
 * @param value String, Instant, Integer, or Double; empty where there is none
 * @param unfit what was found in place of a value of the field's type, in class; else empty
 */
public record FieldValue(Optional<Object> value, Optional<String> unfit) {

  /** Numbers as texts say them: no space, no sign but a minus, a point for the decimals. */
  public static final String NUMBER = "-?[0-9]{1,300}([.][0-9]{1,300})?([eE]-?[0-9]{1,3})?";

  /** A date, or a date and a time of day, as RFC 3339 has them; the offset may be missing. */
  public static final String TIME =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?([Zz]|[+-](0[0-9]|1[0-4]):[0-5][0-9])?)?";

  /** The white space that counts for nothing around a value. */
  public static final String SPACE = " \t\n\r";

  /** Whole numbers that floating-point numbers tell apart. */
  public static final double LARGEST_WHOLE = 9007199254740991.0;

  /** The times that are taken, in microseconds since 1970: the years 1 to 9999. */
  public static final long EARLIEST = -62135596800000000L;

  public static final long LATEST = 253402300799999999L;

  private static final Pattern NUMBERS = Pattern.compile(NUMBER);
  private static final Pattern TIMES = Pattern.compile(TIME);
  private static final FieldValue NOTHING = new FieldValue(Optional.empty(), Optional.empty());

  public FieldValue {
    requireNonNull(value);
    requireNonNull(unfit);
  }

  /** Reads {@code raw}, which the binding's column holds. */
  public static FieldValue of(Binding binding, Optional<Object> raw) {
    Optional<Object> meant = raw.map(value -> meant(binding, value));
    if (meant.isEmpty() || (isBlank(meant) && binding.field().type() != FieldType.TEXT)) {
      return NOTHING;
    }
    Optional<Object> value = converted(binding, meant.get());
    if (value.isEmpty()) {
      return new FieldValue(Optional.empty(), Optional.of(found(binding.shape(), meant.get())));
    }
    return new FieldValue(
        value.filter(known -> isKnown(binding.field().domain(), known)), Optional.empty());
  }

  /** Whether there is nothing, or white space alone. */
  static boolean isBlank(Optional<Object> raw) {
    return raw.map(FieldValue::isBlank).orElse(true);
  }

  private static boolean isBlank(Object value) {
    if (value instanceof byte[] bytes) {
      return text(bytes).map(FieldValue::isBlank).orElse(false);
    }
    return value instanceof String text && trimmed(text).isEmpty();
  }

  private static Object meant(Binding binding, Object value) {
    if (binding.words().isEmpty()) {
      return value;
    }
    String text = String.valueOf(value);
    String meaning = binding.words().get(Origin.fold(text));
    return meaning == null ? text : meaning;
  }

  private static String found(Shape shape, Object value) {
    return value instanceof Double number && !Double.isFinite(number) ? "nan" : shape.label();
  }

  private static boolean isKnown(Domain domain, Object value) {
    return !(domain instanceof Domain.Words words) || words.words().contains(value);
  }

  private static Optional<Object> converted(Binding binding, Object value) {
    return switch (binding.field().type()) {
      case TEXT -> text(value).map(text -> folded(binding.field().domain(), text));
      case TIMESTAMP -> time(binding, value).map(Object.class::cast);
      case NUMBER -> number(value).map(Object.class::cast);
      case INTEGER -> number(value).filter(FieldValue::isInteger).map(Double::intValue);
    };
  }

  private static Object folded(Domain domain, String text) {
    return domain instanceof Domain.Words ? Origin.fold(text) : text;
  }

  private static Optional<String> text(Object value) {
    if (value instanceof byte[] bytes) {
      return text(bytes);
    }
    if (value instanceof Double number) {
      boolean whole = number == Math.rint(number) && Math.abs(number) <= LARGEST_WHOLE;
      return whole ? Optional.of(Long.toString(number.longValue())) : Optional.empty();
    }
    if (value instanceof BigDecimal decimal) {
      return Optional.of(decimal.toPlainString());
    }
    boolean plain =
        value instanceof String
            || value instanceof Long
            || value instanceof BigInteger
            || value instanceof Boolean;
    return plain ? Optional.of(value.toString()) : Optional.empty();
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> number(Object value) {
    Optional<Double> number = Optional.empty();
    if (value instanceof String text && NUMBERS.matcher(trimmed(text)).matches()) {
      number = Optional.of(Double.valueOf(trimmed(text)));
    } else if (value instanceof Number any) {
      number = Optional.of(any.doubleValue());
    }
    return number.filter(Double::isFinite);
  }

  private static boolean isInteger(double number) {
    return number == Math.rint(number)
        && number >= Integer.MIN_VALUE
        && number <= Integer.MAX_VALUE;
  }

  private static Optional<Instant> time(Binding binding, Object value) {
    ZoneId zone = binding.zone();
    if (value instanceof Instant instant) {
      return Optional.of(instant);
    }
    if (value instanceof LocalDateTime local) {
      return Optional.of(instant(local, zone));
    }
    if (value instanceof LocalDate date) {
      return Optional.of(instant(date.atStartOfDay(), zone));
    }
    if (value instanceof Long count) {
      return binding.unit().flatMap(unit -> counted(count, unit));
    }
    return value instanceof String text ? written(trimmed(text), zone) : Optional.empty();
  }

  private static Optional<Instant> counted(long count, EpochUnit unit) {
    BigInteger micros = BigInteger.valueOf(count).multiply(BigInteger.valueOf(unit.micros()));
    boolean taken =
        micros.compareTo(BigInteger.valueOf(EARLIEST)) >= 0
            && micros.compareTo(BigInteger.valueOf(LATEST)) <= 0;
    return taken
        ? Optional.of(Instant.EPOCH.plus(micros.longValueExact(), ChronoUnit.MICROS))
        : Optional.empty();
  }

  private static Optional<Instant> written(String text, ZoneId zone) {
    if (!TIMES.matcher(text).matches() || text.startsWith("0000")) {
      return Optional.empty();
    }
    try {
      return Optional.of(parsed(text.toUpperCase(Locale.ROOT).replace(' ', 'T'), zone))
          .map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant parsed(String text, ZoneId zone) {
    if (text.length() == "2026-01-31".length()) {
      return instant(LocalDate.parse(text).atStartOfDay(), zone);
    }
    int time = text.indexOf('T');
    boolean offset =
        text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
    return offset
        ? OffsetDateTime.parse(text).toInstant()
        : instant(LocalDateTime.parse(text), zone);
  }

  /** Of an hour that a zone repeats the second is meant; one that it skips comes an hour later. */
  private static Instant instant(LocalDateTime local, ZoneId zone) {
    return local.atZone(zone).withLaterOffsetAtOverlap().toInstant();
  }

  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && SPACE.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && SPACE.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }
}
