package ai.birdie.bench.recording;

import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A column, as a warehouse declares it and as its chunks hold it.
 *
 * @param typeText the type as a manifest spells it
 * @param typeName the type's sort, as a manifest has it besides
 */
public record Column(String name, String typeText, String typeName, ArrowType arrow, Filler fill) {

  /** Puts a row's value into its place in a vector of the column's type. */
  interface Filler {
    void fill(FieldVector vector, int at, Row row, TextBuffer text);
  }

  interface OfLong {
    long of(Row row);
  }

  /** Writes nothing where the value is NULL. */
  interface OfText {
    void write(Row row, TextBuffer text);
  }

  Field field() {
    return Field.nullable(name, arrow);
  }

  /** A column of text that is always NULL. */
  public static Column text(String name) {
    return text(name, (row, text) -> {});
  }

  static Column text(String name, OfText value) {
    return new Column(
        name,
        "STRING",
        "STRING",
        ArrowType.Utf8.INSTANCE,
        (vector, at, row, text) -> {
          value.write(row, text.clear());
          if (text.length() > 0) {
            ((VarCharVector) vector).setSafe(at, text.bytes(), 0, text.length());
          }
        });
  }

  static Column integer(String name, OfLong value) {
    return new Column(
        name,
        "INT",
        "INT",
        new ArrowType.Int(32, true),
        (vector, at, row, text) -> ((IntVector) vector).setSafe(at, (int) value.of(row)));
  }

  static Column bigint(String name, OfLong value) {
    return new Column(
        name,
        "BIGINT",
        "LONG",
        new ArrowType.Int(64, true),
        (vector, at, row, text) -> ((BigIntVector) vector).setSafe(at, value.of(row)));
  }

  static Column decimal(String name, OfLong unscaled) {
    return new Column(
        name,
        "DECIMAL(12,2)",
        "DECIMAL",
        new ArrowType.Decimal(12, 2, 128),
        (vector, at, row, text) -> ((DecimalVector) vector).setSafe(at, unscaled.of(row)));
  }

  static Column timestamp(String name, OfLong micros) {
    return new Column(
        name,
        "TIMESTAMP",
        "TIMESTAMP",
        new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Etc/UTC"),
        (vector, at, row, text) -> ((TimeStampMicroTZVector) vector).setSafe(at, micros.of(row)));
  }

  static Column real(String name, OfLong thousandths) {
    return new Column(
        name,
        "DOUBLE",
        "DOUBLE",
        new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
        (vector, at, row, text) ->
            ((Float8Vector) vector).setSafe(at, thousandths.of(row) / 1000.0));
  }
}
