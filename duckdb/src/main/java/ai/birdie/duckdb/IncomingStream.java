package ai.birdie.duckdb;

import ai.birdie.core.ingest.BatchReader;
import java.io.IOException;
import java.util.Map;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A reader's batches as DuckDB pulls them. DuckDB turns whatever a batch throws into text; this
 * keeps the exception itself, so that the caller can say what really happened.
 */
final class IncomingStream extends ArrowReader {

  private final BatchReader batches;
  private final BrokenTexts brokenTexts;
  private final Redacting redacting;
  private volatile @Nullable Throwable failure;

  private IncomingStream(
      BufferAllocator allocator,
      BatchReader batches,
      BrokenTexts brokenTexts,
      Redacting redacting) {
    super(allocator);
    this.batches = batches;
    this.brokenTexts = brokenTexts;
    this.redacting = redacting;
  }

  /** Exports {@code batches} under {@code name}, for one pass; the reader stays the caller's. */
  static IncomingStream register(
      Database database,
      String name,
      BatchReader batches,
      BrokenTexts brokenTexts,
      Redacting redacting,
      BufferAllocator allocator) {
    IncomingStream incoming = new IncomingStream(allocator, batches, brokenTexts, redacting);
    export(database, name, incoming, allocator);
    return incoming;
  }

  /** Exports a relation of that schema and without rows under {@code name}. */
  static void registerShape(
      Database database, String name, Schema schema, BufferAllocator allocator) {
    export(database, name, new Shape(allocator, schema), allocator);
  }

  private static void export(
      Database database, String name, ArrowReader reader, BufferAllocator allocator) {
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, reader, stream);
      database.register(name, stream);
    }
  }

  /** Throws what a batch threw, if one did. */
  void rethrowFailure() {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    try {
      boolean more = batches.loadNextBatch();
      if (more) {
        brokenTexts.mend(batches.getVectorSchemaRoot());
        redacting.redact(batches.getVectorSchemaRoot());
      }
      return more;
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    return batches.getVectorSchemaRoot();
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return batches.getDictionaryVectors();
  }

  @Override
  public Dictionary lookup(long id) {
    return batches.lookup(id);
  }

  @Override
  public long bytesRead() {
    return batches.bytesRead();
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() throws IOException {
    return batches.getVectorSchemaRoot().getSchema();
  }

  private static final class Shape extends ArrowReader {

    private final Schema schema;

    Shape(BufferAllocator allocator, Schema schema) {
      super(allocator);
      this.schema = schema;
    }

    @Override
    public boolean loadNextBatch() {
      return false;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
      return schema;
    }
  }
}
