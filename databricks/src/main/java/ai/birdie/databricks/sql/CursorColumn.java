package ai.birdie.databricks.sql;

import ai.birdie.core.feed.Cursor;
import ai.birdie.core.feed.TableName;
import ai.birdie.core.feed.TextPattern;
import ai.birdie.core.window.CursorScale;
import ai.birdie.core.window.Interval;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.name.Identifiers;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a feed's cursor column is compared, and how its values become positions, in SQL.
 *
 * @param comparable what is compared with a bound; the bare column wherever its type allows that,
 *     so that the warehouse can skip files
 * @param position the value's position as a BIGINT; NULL where the row has no usable cursor
 * @param bound how bounds are sent
 * @param pattern how a bound that is sent as text says its time; of no meaning for others
 * @param warnings what a person should know of such a column
 */
public record CursorColumn(
    String comparable,
    String position,
    CursorScale scale,
    Bound bound,
    Optional<TextPattern> pattern,
    List<String> warnings) {

  /** The type in which bounds are sent. */
  public enum Bound {
    TIMESTAMP,
    TIMESTAMP_NTZ,
    DATE,
    BIGINT,
    STRING
  }

  private static final long DAY_MICROS = 86_400_000_000L;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  /** A cursor whose bounds are no text. */
  private CursorColumn(
      String comparable, String position, CursorScale scale, Bound bound, List<String> warnings) {
    this(comparable, position, scale, bound, Optional.empty(), warnings);
  }

  public CursorColumn {
    warnings = List.copyOf(warnings);
  }

  /**
   * The cursor over {@code column}.
   *
   * @throws ai.birdie.core.error.ConfigException if the column's type cannot be a cursor, or is a
   *     number without a declared unit
   */
  public static CursorColumn of(TableName table, Column column, Cursor declared) {
    String c = Identifiers.quote(column.name());
    String type = column.typeText().toUpperCase(Locale.ROOT).strip();
    String family = type.replaceFirst("[ (].*", "");
    return switch (family) {
      case "TIMESTAMP", "TIMESTAMP_LTZ" ->
          new CursorColumn(
              c, "unix_micros(" + c + ")", CursorScale.TIMESTAMP, Bound.TIMESTAMP, List.of());
      case "TIMESTAMP_NTZ" -> local(c, c, declared.zone(), zoneMissing(column, declared));
      case "DATE" ->
          new CursorColumn(
              c,
              "unix_date(" + c + ") * " + DAY_MICROS + "L",
              CursorScale.days(declared.zone().orElse(ZoneOffset.UTC)),
              Bound.DATE,
              zoneMissing(column, declared));
      case "TINYINT", "SMALLINT", "INT", "INTEGER", "BIGINT", "BYTE", "SHORT", "LONG" ->
          epoch(
              c,
              declared
                  .unit()
                  .orElseThrow(() -> DatabricksErrors.noUnit(column.name(), table))
                  .micros());
      case "STRING", "VARCHAR", "CHAR" -> text(c, column, declared);
      default -> throw DatabricksErrors.notACursor(column.name(), table, column.typeText());
    };
  }

  private static CursorColumn epoch(String c, long micros) {
    return new CursorColumn(
        c,
        "try_multiply(CAST(" + c + " AS BIGINT), " + micros + "L)",
        new CursorScale(micros, ZoneOffset.UTC),
        Bound.BIGINT,
        List.of());
  }

  private static CursorColumn text(String c, Column column, Cursor declared) {
    return declared.pattern().isPresent()
        ? fixed(c, column, declared, declared.pattern().get())
        : converted(c, column, declared);
  }

  /** As text, so that the warehouse can skip files; what is of another form has no cursor. */
  private static CursorColumn fixed(String c, Column column, Cursor declared, TextPattern pattern) {
    String time =
        "try_to_timestamp(concat("
            + c
            + ", '+00:00'), "
            + Identifiers.literal(pattern.letters() + "XXX")
            + ")"; // with a zone of its own, because the session's may be any
    return new CursorColumn(
        c,
        "IF(length(" + c + ") = " + pattern.width() + ", unix_micros(" + time + "), NULL)",
        new CursorScale(pattern.unitMicros(), declared.zone().orElse(ZoneOffset.UTC)),
        Bound.STRING,
        Optional.of(pattern),
        zoneMissing(column, declared));
  }

  private static CursorColumn converted(String c, Column column, Cursor declared) {
    String warning =
        "The cursor "
            + column.name()
            + " is text: each of its values is converted for every statement, so that the warehouse"
            + " cannot skip files (\"cursor_pattern\" tells how, where all are written alike)";
    if (declared.zone().isPresent()) {
      return local(
          "TRY_CAST(" + c + " AS TIMESTAMP_NTZ)",
          "TRY_CAST(" + c + " AS TIMESTAMP_NTZ)",
          declared.zone(),
          List.of(warning + "."));
    }
    String converted = "try_to_timestamp(" + c + ")";
    return new CursorColumn(
        converted,
        "unix_micros(" + converted + ")",
        CursorScale.TIMESTAMP,
        Bound.TIMESTAMP,
        List.of(warning + ", and text without an offset is read in the warehouse's time zone."));
  }

  private static CursorColumn local(
      String comparable, String c, Optional<ZoneId> zone, List<String> warnings) {
    return new CursorColumn(
        comparable,
        ExactText.localMicros(c),
        CursorScale.local(zone.orElse(ZoneOffset.UTC)),
        Bound.TIMESTAMP_NTZ,
        warnings);
  }

  private static List<String> zoneMissing(Column column, Cursor declared) {
    return declared.zone().isPresent()
        ? List.of()
        : List.of(
            "The cursor "
                + column.name()
                + " is of type "
                + column.typeText()
                + ", which has no time zone: it is read as UTC. Declare \"ingestion\":"
                + " {\"cursor_zone\": ...} if it is meant otherwise.");
  }

  /** The rows of an interval, in the documented shape. */
  String within() {
    return comparable + " BETWEEN :start AND :end" + (bound == Bound.STRING ? known() : "");
  }

  /** Both bounds, which {@link #within} includes. */
  List<Parameter> bounds(Interval interval) {
    return List.of(from("start", interval.from()), upTo("end", interval.to()));
  }

  /** The rows from {@code :start} on. */
  String onwards() {
    return comparable + " >= :start" + (judgedByPosition() ? known() : "");
  }

  private String known() {
    return " AND " + position + " IS NOT NULL";
  }

  /** Whether a value that can be compared need not be a time. */
  private boolean judgedByPosition() {
    return bound == Bound.BIGINT || bound == Bound.STRING;
  }

  /** The rows without a usable cursor. */
  String absent() {
    return (judgedByPosition() ? position : comparable) + " IS NULL";
  }

  /** What the source's clock said so many microseconds ago, as a position, rounded down. */
  String now(long ago) {
    String clock =
        ago == 0
            ? "current_timestamp()"
            : "timestamp_micros(unix_micros(current_timestamp()) - " + ago + "L)";
    if (!scale.zone().equals(ZoneOffset.UTC)) {
      clock = "from_utc_timestamp(%s, %s)".formatted(clock, Identifiers.literal(zone()));
    }
    String micros = "unix_micros(" + clock + ")";
    return scale.unitMicros() == 1
        ? micros
        : "(" + micros + " - pmod(" + micros + ", " + scale.unitMicros() + "L))";
  }

  private String zone() {
    return scale.zone().getId();
  }

  /** The first value at or after a position. */
  Parameter from(String name, long position) {
    long unit = scale.unitMicros();
    return value(name, -Math.floorDiv(-position, unit));
  }

  /** The last value before a position. */
  Parameter upTo(String name, long position) {
    return value(name, Math.floorDiv(position - 1, scale.unitMicros()));
  }

  /** The value that lies so many units from the scale's beginning. */
  private Parameter value(String name, long units) {
    return switch (bound) {
      case TIMESTAMP -> new Parameter(name, LOCAL.format(time(units)) + "Z", bound.name());
      case TIMESTAMP_NTZ -> new Parameter(name, LOCAL.format(time(units)), bound.name());
      case DATE -> new Parameter(name, LocalDate.ofEpochDay(units).toString(), bound.name());
      case BIGINT -> Parameter.bigint(name, units);
      case STRING ->
          Parameter.string(name, pattern.orElseThrow().format(units * scale.unitMicros()));
    };
  }

  private static LocalDateTime time(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L),
        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
        ZoneOffset.UTC);
  }
}
