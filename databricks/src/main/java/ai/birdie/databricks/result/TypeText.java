package ai.birdie.databricks.result;

import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.sql.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Reads a type's text, as manifests spell it, into the Arrow type in which its values are sent. */
final class TypeText {

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
  private static final Pattern DECIMAL =
      Pattern.compile("\\(\\s*([0-9]{1,2})\\s*(?:,\\s*([0-9]{1,2})\\s*)?\\)");
  private static final Pattern ARGUMENTS = Pattern.compile("\\([^()]*\\)");
  private static final Pattern INTERVAL =
      Pattern.compile("(YEAR|MONTH|DAY|HOUR|MINUTE|SECOND)(\\s+TO\\s+(MONTH|HOUR|MINUTE|SECOND))?");

  /** Deeper than any table; a text that goes on is an attack or garbage. */
  private static final int DEEPEST = 64;

  private final Column column;
  private final String text;
  private int at;
  private int depth;

  private TypeText(Column column) {
    this.column = column;
    this.text = column.typeText();
  }

  /**
   * The column as a nullable Arrow field called {@code name}.
   *
   * @throws ai.birdie.core.error.SourceException if the type is not known
   */
  static Field field(String name, Column column) {
    TypeText parser = new TypeText(column);
    Field field = parser.type(name);
    parser.skipModifiers();
    if (parser.at != parser.text.length()) {
      throw parser.unknown();
    }
    return field;
  }

  private Field type(String name) {
    if (++depth > DEEPEST) {
      throw unknown();
    }
    String word = word().toUpperCase(Locale.ROOT);
    Field field =
        switch (word) {
          case "ARRAY" ->
              nested(name, ArrowType.List.INSTANCE, inBrackets(() -> List.of(type("element"))));
          case "MAP" -> nested(name, new ArrowType.Map(false), inBrackets(this::entries));
          case "STRUCT" -> nested(name, ArrowType.Struct.INSTANCE, inBrackets(this::members));
          default -> Field.nullable(name, scalar(word));
        };
    depth--;
    return field;
  }

  private List<Field> inBrackets(Supplier<List<Field>> children) {
    expect('<');
    List<Field> fields = children.get();
    expect('>');
    return fields;
  }

  private ArrowType scalar(String word) {
    return switch (word) {
      case "BOOLEAN" -> ArrowType.Bool.INSTANCE;
      case "TINYINT", "BYTE" -> new ArrowType.Int(8, true);
      case "SMALLINT", "SHORT" -> new ArrowType.Int(16, true);
      case "INT", "INTEGER" -> new ArrowType.Int(32, true);
      case "BIGINT", "LONG" -> new ArrowType.Int(64, true);
      case "FLOAT", "REAL" -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case "DOUBLE" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case "DECIMAL", "DEC", "NUMERIC" -> decimal();
      case "BINARY" -> ArrowType.Binary.INSTANCE;
      case "DATE" -> new ArrowType.Date(DateUnit.DAY);
      case "TIMESTAMP", "TIMESTAMP_LTZ" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case "TIMESTAMP_NTZ" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case "VOID", "NULL" -> ArrowType.Null.INSTANCE;
      case "INTERVAL" -> interval();
      case "STRING", "VARCHAR", "CHAR", "VARIANT", "GEOMETRY", "GEOGRAPHY" -> {
        take(ARGUMENTS);
        yield ArrowType.Utf8.INSTANCE;
      }
      default -> throw unknown();
    };
  }

  private ArrowType decimal() {
    Optional<Matcher> arguments = take(DECIMAL);
    int precision = arguments.map(m -> Integer.parseInt(m.group(1))).orElse(10);
    int scale = arguments.map(m -> m.group(2)).map(Integer::parseInt).orElse(0);
    if (precision < 1 || precision > 38 || scale > precision) {
      throw unknown();
    }
    return new ArrowType.Decimal(precision, scale, 128);
  }

  private ArrowType interval() {
    Optional<Matcher> fields = take(INTERVAL);
    if (fields.isEmpty()) {
      return ArrowType.Utf8.INSTANCE;
    }
    String first = fields.get().group(1);
    boolean months = "YEAR".equals(first) || "MONTH".equals(first);
    return months
        ? new ArrowType.Interval(IntervalUnit.YEAR_MONTH)
        : new ArrowType.Duration(TimeUnit.MICROSECOND);
  }

  private List<Field> entries() {
    Field key = type(MapVector.KEY_NAME);
    skipModifiers();
    expect(',');
    Field value = type(MapVector.VALUE_NAME);
    skipModifiers();
    Field required =
        new Field(key.getName(), FieldType.notNullable(key.getType()), key.getChildren());
    Field entries =
        new Field(
            MapVector.DATA_VECTOR_NAME,
            FieldType.notNullable(ArrowType.Struct.INSTANCE),
            List.of(required, value));
    return List.of(entries);
  }

  private List<Field> members() {
    List<Field> members = new ArrayList<>();
    while (peek() != '>') {
      if (!members.isEmpty()) {
        expect(',');
      }
      String name = name();
      if (peek() == ':') {
        at++;
      }
      members.add(type(name));
      skipModifiers();
    }
    return members;
  }

  /** A member's name: quoted, or whatever stands before its colon or space. */
  private String name() {
    if (peek() != '`') {
      int from = at;
      while (at < text.length() && text.charAt(at) != ':' && text.charAt(at) > ' ') {
        at++;
      }
      return text.substring(from, at);
    }
    StringBuilder name = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '`') {
        if (at >= text.length() || text.charAt(at) != '`') {
          return name.toString();
        }
        at++;
      }
      name.append(c);
    }
    throw unknown();
  }

  /** What may follow a type, and changes nothing of how its values are sent. */
  private void skipModifiers() {
    while (true) {
      peek();
      if (text.regionMatches(true, at, "NOT NULL", 0, 8)) {
        at += 8;
      } else if (text.regionMatches(true, at, "COLLATE ", 0, 8)) {
        at += 8;
        word();
      } else if (text.regionMatches(true, at, "COMMENT '", 0, 9)) {
        at += 9;
        skipText();
      } else {
        return;
      }
    }
  }

  private void skipText() {
    while (at < text.length() && text.charAt(at) != '\'') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private String word() {
    return take(WORD).orElseThrow(this::unknown).group();
  }

  private Optional<Matcher> take(Pattern pattern) {
    peek();
    Matcher matcher = pattern.matcher(text).region(Math.min(at, text.length()), text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    at = matcher.end();
    return Optional.of(matcher);
  }

  /** The next character that is no space; 0 at the end. */
  private char peek() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char wanted) {
    skipModifiers();
    if (peek() != wanted) {
      throw unknown();
    }
    at++;
  }

  private static Field nested(String name, ArrowType type, List<Field> children) {
    return new Field(name, FieldType.nullable(type), children);
  }

  private RuntimeException unknown() {
    return DatabricksErrors.unknownType(column.name(), text);
  }
}
