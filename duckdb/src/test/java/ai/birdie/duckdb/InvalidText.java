package ai.birdie.duckdb;

import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.receipt.Proof;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.RowBatches;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows the last of which, in every batch, has a text of bytes that are no UTF-8. */
final class InvalidText extends BatchReader {

  private static final int TEXT = 1;

  private final RowBatches rows;

  InvalidText(BufferAllocator allocator, List<FeedbackRow> rows) {
    super(allocator);
    this.rows = RowBatches.of(allocator, rows);
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    boolean more = rows.loadNextBatch();
    if (more) {
      VarCharVector texts = (VarCharVector) getVectorSchemaRoot().getVector(TEXT);
      int last = texts.getValueCount() - 1;
      texts.setSafe(last, new byte[] {'b', (byte) 0xC3, '('}); // setting another would end the rest
      texts.setValueCount(last + 1);
    }
    return more;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    return rows.getVectorSchemaRoot();
  }

  @Override
  public Proof proof() {
    return rows.proof();
  }

  @Override
  public long bytesRead() {
    return rows.bytesRead();
  }

  @Override
  protected void closeReadSource() throws IOException {
    rows.close();
  }

  @Override
  protected Schema readSchema() throws IOException {
    return getVectorSchemaRoot().getSchema();
  }
}
