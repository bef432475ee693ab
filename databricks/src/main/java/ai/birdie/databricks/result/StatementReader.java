package ai.birdie.databricks.result;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.receipt.Proof;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.statement.Statement;
import ai.birdie.databricks.statement.Statements;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of one statement as one Arrow stream. It ends only after every chunk has shown its
 * end-of-stream mark and as many rows as the manifest declares; whatever else happens breaks it for
 * good.
 */
public final class StatementReader extends BatchReader {

  private final Statement statement;
  private final Statements statements;
  private final ChunkDownloads downloads;
  private final ResultSchema schema;
  private final DecodedHash hash;
  private final RunListener listener;
  private final Downloading how;
  private final Deque<PartBody> parts = new ArrayDeque<>();
  private Optional<ArrowStream> stream = Optional.empty();
  private Optional<Schema> first = Optional.empty();
  private Optional<Proof> proof = Optional.empty();
  private Optional<BirdieException> failure = Optional.empty();
  private boolean closed;
  private long rows;
  private long bytes;
  private long partRows;
  private long partRowsDeclared;
  private long partBytes;

  /**
   * Reads a statement that has succeeded.
   *
   * @param names what was selected, in order
   * @param hash of the rows as they are decoded
   * @throws ai.birdie.core.error.IncompleteException if the manifest declares other columns
   */
  public StatementReader(
      BufferAllocator allocator,
      Statement statement,
      List<String> names,
      DecodedHash hash,
      Statements statements,
      Downloading how,
      RunListener listener) {
    super(allocator);
    this.statement = statement;
    this.statements = statements;
    this.how = how;
    this.hash = hash;
    this.listener = listener;
    this.schema = new ResultSchema(statement.manifest().columns(), names, purpose());
    this.downloads =
        new ChunkDownloads(
            statement, new Links(statements, statement, how.pauses(), how.meter()), how);
  }

  @Override
  protected Schema readSchema() {
    return guarded(() -> openNext() ? first.orElseThrow() : schema.declared());
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    requireUnbroken();
    if (proof.isPresent()) {
      return false;
    }
    return guarded(() -> {
      prepareLoadNextBatch();
      return load();
    });
  }

  private boolean load() throws IOException {
    while (stream.isPresent() || openNext()) {
      Optional<ArrowRecordBatch> batch = stream.orElseThrow().next();
      if (batch.isEmpty()) {
        endPart();
        continue;
      }
      int length = batch.get().getLength();
      partRows += length;
      if (length < 0 || partRows > partRowsDeclared) {
        batch.get().close();
        throw incomplete("a chunk has more rows than the manifest declares");
      }
      loadRecordBatch(batch.get());
      Bounds.check(getVectorSchemaRoot().getFieldVectors(), length);
      if (length > 0) {
        hash.check(getVectorSchemaRoot(), purpose());
        return true;
      }
    }
    finish();
    return false;
  }

  /** Whether there is another part; its schema has been read. */
  private boolean openNext() throws IOException {
    if (parts.isEmpty()) {
      parts.addAll(downloads.next().orElse(List.of()));
    }
    PartBody part = parts.poll();
    if (part == null) {
      return false;
    }
    partRows = 0;
    partRowsDeclared = part.part().rowCount();
    partBytes = part.size();
    long most = Decompression.most(part.size(), how.chunkBytes());
    ArrowStream opened =
        new ArrowStream(
            Decompression.of(part.open(), most),
            allocator,
            Math.min(how.batchBytes(), most),
            purpose());
    stream = Optional.of(opened);
    Schema actual = schema.actual(opened.schema());
    if (first.isEmpty()) {
      first = Optional.of(actual);
    } else if (!first.get().equals(actual)) {
      throw incomplete("two chunks have columns of different types");
    }
    return true;
  }

  private void endPart() throws IOException {
    if (partRows != partRowsDeclared) {
      throw incomplete(
          "a chunk has " + partRows + " rows where the manifest declares " + partRowsDeclared);
    }
    stream.orElseThrow().close();
    stream = Optional.empty();
    rows += partRows;
    bytes += partBytes;
    listener.rowsRead(partRows, partBytes);
  }

  private void finish() {
    long declared = statement.manifest().totalRowCount();
    if (rows != declared) {
      throw incomplete(rows + " rows came of " + declared);
    }
    proof =
        Optional.of(new Proof(statement.id(), rows, bytes, statement.manifest().chunks().size()));
    statements.close(statement.id());
  }

  @Override
  public Proof proof() {
    requireUnbroken();
    return proof.orElseThrow(() -> incomplete("the rows were not read to their end"));
  }

  /** A reader that broke says the same again, whatever the caller made of it the first time. */
  private void requireUnbroken() {
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (closed && proof.isEmpty()) {
      throw incomplete("reading was stopped before the end");
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T guarded(Step<T> step) {
    try {
      return step.run();
    } catch (BirdieException e) {
      throw broken(e);
    } catch (IOException e) {
      throw broken(DatabricksErrors.incomplete(purpose(), "a chunk cannot be decompressed", e));
    } catch (OutOfMemoryException e) {
      throw broken(
          DatabricksErrors.incomplete(purpose(), "a batch of rows does not fit into memory", e));
    } catch (RuntimeException e) {
      throw broken(DatabricksErrors.incomplete(purpose(), "a chunk's Arrow is damaged", e));
    } catch (Error e) {
      failure = Optional.of(incomplete("reading ended in the middle"));
      throw e;
    }
  }

  private BirdieException broken(BirdieException e) {
    failure = Optional.of(e);
    return e;
  }

  private BirdieException incomplete(String what) {
    return DatabricksErrors.incomplete(purpose(), what);
  }

  private String purpose() {
    return statement.request().purpose();
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  /** Whether its memory has been freed. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      super.close();
    }
  }

  @Override
  protected void closeReadSource() throws IOException {
    downloads.close();
    parts.forEach(PartBody::free);
    parts.clear();
    if (stream.isPresent()) {
      stream.get().close();
      stream = Optional.empty();
    }
    if (proof.isEmpty()) {
      statements.cancel(statement.id());
      statements.close(statement.id());
    }
  }
}
