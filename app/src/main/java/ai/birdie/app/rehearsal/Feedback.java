package ai.birdie.app.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.core.ingest.BatchReader;
import ai.birdie.databricks.result.DecodedHash;
import ai.birdie.databricks.sql.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The table's rows, as the only chunk of a result: an Arrow stream in an LZ4 frame. */
final class Feedback {

  static final int ROWS = 5;

  /** Of the first row, in microseconds; each row is a second after the one before. */
  static final long FIRST_CURSOR = 1_767_225_600_000_000L;

  /** The table's own columns. */
  static final List<Column> COLUMNS =
      List.of(
          new Column("feedback_id", "STRING"),
          new Column("rating", "INT"),
          new Column("text", "STRING"),
          new Column("posted_at", "TIMESTAMP"),
          new Column("updated_at", "TIMESTAMP"),
          new Column("account_id", "STRING"),
          new Column("author_id", "STRING"));

  /** The same, and what is computed of each row. */
  static final List<Column> COLUMNS_OF_A_WINDOW =
      Stream.concat(
              COLUMNS.stream(),
              Stream.of(
                  new Column(BatchReader.CURSOR, "BIGINT"),
                  new Column(BatchReader.ROW_HASH, "BIGINT")))
          .toList();

  private final byte[] chunk;
  private final BigInteger hashSum;

  private Feedback(byte[] chunk, BigInteger hashSum) {
    this.chunk = chunk;
    this.hashSum = hashSum;
  }

  static Feedback written() throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot rows = VectorSchemaRoot.create(schema(), allocator)) {
      BigInteger hashSum = fill(rows);
      return new Feedback(chunk(rows), hashSum);
    }
  }

  byte[] chunk() {
    return chunk.clone();
  }

  /** The sum of the rows' hashes. */
  BigInteger hashSum() {
    return hashSum;
  }

  private static byte[] chunk(VectorSchemaRoot rows) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer =
        new ArrowStreamWriter(rows, null, new LZ4FrameOutputStream(chunk))) {
      writer.writeBatch();
    }
    return chunk.toByteArray();
  }

  private static BigInteger fill(VectorSchemaRoot rows) {
    DecodedHash hash = new DecodedHash(COLUMNS);
    BigInteger sum = BigInteger.ZERO;
    for (int row = 0; row < ROWS; row++) {
      for (FieldVector vector : rows.getFieldVectors()) {
        fill(vector, row);
      }
      long of = hash.of(rows, row).orElseThrow();
      ((BigIntVector) rows.getVector(BatchReader.ROW_HASH)).setSafe(row, of);
      sum = sum.add(BigInteger.valueOf(of));
    }
    rows.setRowCount(ROWS);
    return sum;
  }

  private static void fill(FieldVector vector, int row) {
    long cursor = FIRST_CURSOR + row * 1_000_000L;
    switch (vector) {
      case VarCharVector text ->
          text.setSafe(row, (vector.getName() + " of row " + row).getBytes(UTF_8));
      case IntVector number -> number.setSafe(row, row);
      case TimeStampMicroTZVector time -> time.setSafe(row, cursor);
      case BigIntVector number -> number.setSafe(row, cursor);
      default -> throw new IllegalArgumentException(vector.getField().toString());
    }
  }

  private static Schema schema() {
    return new Schema(
        COLUMNS_OF_A_WINDOW.stream()
            .map(column -> Field.nullable(column.name(), arrow(column.typeText())))
            .toList());
  }

  private static ArrowType arrow(String type) {
    return switch (type) {
      case "STRING" -> ArrowType.Utf8.INSTANCE;
      case "INT" -> new ArrowType.Int(32, true);
      case "BIGINT" -> new ArrowType.Int(64, true);
      case "TIMESTAMP" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Etc/UTC");
      default -> throw new IllegalArgumentException(type);
    };
  }
}
