package ai.birdie.databricks.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.core.ingest.BatchReader;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.sql.Column;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * The hash of a row as its values came, by the same formula as the one that the warehouse computes
 * of its own: where the two differ, the values were decoded wrongly.
 */
public final class DecodedHash {

  /** The types of which values can be taken apart as a warehouse does. */
  private static final Set<String> KNOWN =
      Set.of(
          "BOOLEAN",
          "TINYINT",
          "BYTE",
          "SMALLINT",
          "SHORT",
          "INT",
          "INTEGER",
          "BIGINT",
          "LONG",
          "FLOAT",
          "REAL",
          "DOUBLE",
          "DECIMAL",
          "DEC",
          "NUMERIC",
          "STRING",
          "VARCHAR",
          "CHAR",
          "BINARY",
          "DATE",
          "TIMESTAMP",
          "TIMESTAMP_LTZ",
          "TIMESTAMP_NTZ");

  /** Up to this precision a decimal is a BIGINT to a warehouse. */
  private static final int MOST_DIGITS_OF_A_LONG = 18;

  private static final long NEGATIVE_ZERO = Double.doubleToRawLongBits(-0.0);

  /** Of each batch. */
  private static final int CHECKED_ROWS = 16;

  private final List<Part> parts;

  /** A column's part in the hash: its name's hash, with which its value's begins. */
  private record Part(long seed, boolean known) {}

  /**
   * @param columns of which the warehouse hashes the values, by their names in the table, in the
   *     order in which they are selected
   */
  public DecodedHash(List<Column> columns) {
    this.parts = new ArrayList<>();
    for (Column column : columns) {
      long seed = XxHash64.of(column.name().getBytes(UTF_8), XxHash64.SEED);
      parts.add(new Part(seed, isKnown(column.typeText().toUpperCase(Locale.ROOT).strip())));
    }
  }

  /** Text with a collation of its own is hashed by what it sorts as. */
  private static boolean isKnown(String type) {
    return KNOWN.contains(type.replaceFirst("[ (<].*", "")) && !type.contains(" COLLATE ");
  }

  /** The hash of a row of a batch; empty where some value is of a type that is not known here. */
  public OptionalLong of(VectorSchemaRoot batch, int row) {
    long hash = 0;
    for (int i = 0; i < parts.size(); i++) {
      FieldVector vector = batch.getVector(i);
      if (!vector.isNull(row)) {
        if (!parts.get(i).known()) {
          return OptionalLong.empty();
        }
        OptionalLong part = of(vector, row, parts.get(i).seed());
        if (part.isEmpty()) {
          return part;
        }
        hash ^= part.getAsLong();
      }
    }
    return OptionalLong.of(hash);
  }

  /** Empty for numbers that have several forms of one value, and for vectors of other sorts. */
  private static OptionalLong of(FieldVector vector, int row, long seed) {
    if (vector instanceof VariableWidthFieldVector bytes) {
      return OptionalLong.of(XxHash64.of(bytes.get(row), seed));
    }
    if (vector instanceof BigIntVector number) {
      return OptionalLong.of(XxHash64.of(number.get(row), seed));
    }
    if (vector instanceof TimeStampVector micros) {
      return OptionalLong.of(XxHash64.of(micros.get(row), seed));
    }
    if (vector instanceof DecimalVector decimal) {
      return OptionalLong.of(of(decimal, row, seed));
    }
    if (vector instanceof Float8Vector number) {
      double value = number.get(row);
      return hasOneForm(value)
          ? OptionalLong.of(XxHash64.of(Double.doubleToLongBits(value), seed))
          : OptionalLong.empty();
    }
    if (vector instanceof Float4Vector number) {
      float value = number.get(row);
      return hasOneForm(value)
          ? OptionalLong.of(XxHash64.of(Float.floatToIntBits(value), seed))
          : OptionalLong.empty();
    }
    return small(vector, row, seed);
  }

  private static OptionalLong small(FieldVector vector, int row, long seed) {
    if (vector instanceof IntVector number) {
      return OptionalLong.of(XxHash64.of(number.get(row), seed));
    }
    if (vector instanceof SmallIntVector number) {
      return OptionalLong.of(XxHash64.of((int) number.get(row), seed));
    }
    if (vector instanceof TinyIntVector number) {
      return OptionalLong.of(XxHash64.of((int) number.get(row), seed));
    }
    if (vector instanceof BitVector bit) {
      return OptionalLong.of(XxHash64.of(bit.get(row), seed));
    }
    if (vector instanceof DateDayVector days) {
      return OptionalLong.of(XxHash64.of(days.get(row), seed));
    }
    return OptionalLong.empty();
  }

  private static long of(DecimalVector decimal, int row, long seed) {
    BigInteger unscaled = decimal.getObject(row).unscaledValue();
    return decimal.getPrecision() <= MOST_DIGITS_OF_A_LONG
        ? XxHash64.of(unscaled.longValueExact(), seed)
        : XxHash64.of(unscaled.toByteArray(), seed);
  }

  private static boolean hasOneForm(double value) {
    return !Double.isNaN(value) && Double.doubleToRawLongBits(value) != NEGATIVE_ZERO;
  }

  /**
   * Computes the hashes of a few rows of a batch, spread over all of it.
   *
   * @param purpose what was done, for messages
   * @throws ai.birdie.core.error.IncompleteException if one is not what the warehouse has computed
   */
  void check(VectorSchemaRoot batch, String purpose) {
    BigIntVector computed = (BigIntVector) batch.getVector(BatchReader.ROW_HASH);
    int last = batch.getRowCount() - 1;
    int checked = Math.min(CHECKED_ROWS, batch.getRowCount());
    for (int i = 0; i < checked; i++) {
      int row = (int) ((long) last * i / Math.max(1, checked - 1));
      OptionalLong hash = of(batch, row);
      if (hash.isPresent() && (computed.isNull(row) || hash.getAsLong() != computed.get(row))) {
        throw DatabricksErrors.decodedWrongly(purpose);
      }
    }
  }
}
