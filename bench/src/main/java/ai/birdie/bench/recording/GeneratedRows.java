package ai.birdie.bench.recording;

import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.receipt.Proof;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows of the recorded table as a stream, made as they are read. */
public final class GeneratedRows extends BatchReader {

  /** Rows of a batch, as Databricks has them. */
  static final int BATCH = 4_096;

  private final Columns columns;
  private final long from;
  private final long to;
  private final TextBuffer text = new TextBuffer();
  private long next;

  /** The rows from number {@code from} up to, but without, {@code to}. */
  public GeneratedRows(BufferAllocator allocator, Columns columns, long from, long to) {
    super(allocator);
    this.columns = columns;
    this.from = from;
    this.to = to;
    this.next = from;
  }

  @Override
  protected Schema readSchema() {
    return columns.schema();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    VectorSchemaRoot root = getVectorSchemaRoot();
    int rows = (int) Math.min(BATCH, to - next);
    root.clear();
    root.allocateNew();
    List<FieldVector> vectors = root.getFieldVectors();
    for (int at = 0; at < rows; at++) {
      Row row = new Row(next++);
      for (int i = 0; i < vectors.size(); i++) {
        columns.columns().get(i).fill().fill(vectors.get(i), at, row, text);
      }
    }
    root.setRowCount(rows);
    return rows > 0;
  }

  @Override
  public Proof proof() {
    return new Proof("generated", to - from, 0, 0);
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {}
}
