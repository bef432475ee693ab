package ai.birdie.workspace.engine;

import ai.birdie.workspace.statement.StatementRequest.Compression;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.arrow.ArrowBatchStreamWriter;
import org.apache.spark.sql.execution.arrow.ArrowConverters$;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Files that are whole Arrow IPC streams, of many small batches.
 *
 * @param schema of the rows
 * @param zone which timestamps are said to be of
 * @param batchRows the most rows of a batch
 * @param compression around the whole stream
 */
record ArrowFormat(StructType schema, String zone, int batchRows, Compression compression)
    implements ChunkFormat {
  private static final boolean REFUSE_REPEATED_NAMES = false;
  private static final boolean LARGE_TYPES = false;

  @Override
  public Iterator<Piece> pieces(Iterator<InternalRow> rows) {
    Iterator<byte[]> batches =
        CollectionConverters.asJava(
            ArrowConverters$.MODULE$.toBatchIterator(
                CollectionConverters.asScala(rows),
                schema,
                batchRows,
                zone,
                REFUSE_REPEATED_NAMES,
                LARGE_TYPES,
                TaskContext.get()));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return batches.hasNext();
      }

      @Override
      public Piece next() {
        byte[] batch = batches.next();
        return new Piece(rowsIn(batch), batch);
      }
    };
  }

  @Override
  public Body open(OutputStream out) throws IOException {
    OutputStream compressed =
        switch (compression) {
          case NONE -> out;
          case LZ4_FRAME -> new LZ4FrameOutputStream(out);
        };
    ArrowBatchStreamWriter stream =
        new ArrowBatchStreamWriter(schema, compressed, zone, REFUSE_REPEATED_NAMES, LARGE_TYPES);
    return new Body() {
      @Override
      public void add(Piece batch) {
        stream.writeBatches(scala.collection.Iterator.single(batch.bytes()));
      }

      @Override
      public void end() throws IOException {
        stream.end();
        compressed.close();
      }
    };
  }

  @Override
  public String suffix() {
    return "arrow";
  }

  /** Reads the length that a batch's own header states: after the marker and the header's size. */
  private static long rowsIn(byte[] message) {
    ByteBuffer header = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    int start = header.getInt(0) == -1 ? 8 : 4;
    header.position(start);
    RecordBatch batch = new RecordBatch();
    if (Message.getRootAsMessage(header).header(batch) == null) {
      throw new UncheckedIOException(
          new IOException("Spark made an Arrow message without a batch"));
    }
    return batch.length();
  }
}
