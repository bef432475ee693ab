package ai.birdie.duckdb;

import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.receipt.Total;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A window's rows of a table whose columns are all text. */
final class TextBatches extends BatchReader {

  private static final int ROWS_A_BATCH = 10_000;

  private final List<String> columns;
  private final List<Row> rows;
  private int next;

  /** A row: what is not among its values is NULL. */
  record Row(Map<String, String> values, long cursor) {

    long hash() {
      return values.hashCode() * 31L + cursor;
    }
  }

  TextBatches(BufferAllocator allocator, List<String> columns, List<Row> rows) {
    super(allocator);
    this.columns = List.copyOf(columns);
    this.rows = List.copyOf(rows);
  }

  /** What a control query would find of these rows. */
  Total total() {
    return rows.stream()
        .map(row -> new Total(1, BigInteger.valueOf(row.hash())))
        .reduce(Total.NONE, Total::plus);
  }

  @Override
  public boolean loadNextBatch() {
    if (next == rows.size()) {
      return false;
    }
    List<Row> batch = rows.subList(next, Math.min(rows.size(), next + ROWS_A_BATCH));
    next += batch.size();
    VectorSchemaRoot root = root();
    root.allocateNew();
    for (int i = 0; i < batch.size(); i++) {
      fill(root, i, batch.get(i));
    }
    root.setRowCount(batch.size());
    return true;
  }

  private VectorSchemaRoot root() {
    try {
      prepareLoadNextBatch();
      return getVectorSchemaRoot();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(VectorSchemaRoot root, int at, Row row) {
    for (String column : columns) {
      String value = row.values().get(column);
      if (value != null) {
        ((VarCharVector) root.getVector(column))
            .setSafe(at, value.getBytes(StandardCharsets.UTF_8));
      }
    }
    ((BigIntVector) root.getVector(CURSOR)).setSafe(at, row.cursor());
    ((BigIntVector) root.getVector(ROW_HASH)).setSafe(at, row.hash());
  }

  @Override
  public Proof proof() {
    return new Proof("statement", rows.size(), 0, 1);
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    List<Field> fields = new ArrayList<>();
    columns.forEach(column -> fields.add(Field.nullable(column, new ArrowType.Utf8())));
    fields.add(Field.nullable(CURSOR, new ArrowType.Int(64, true)));
    fields.add(Field.nullable(ROW_HASH, new ArrowType.Int(64, true)));
    return new Schema(fields);
  }
}
