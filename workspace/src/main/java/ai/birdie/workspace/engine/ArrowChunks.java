package ai.birdie.workspace.engine;

import ai.birdie.workspace.statement.Chunk;
import ai.birdie.workspace.statement.StatementRequest.Compression;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.arrow.ArrowBatchStreamWriter;
import org.apache.spark.sql.types.StructType;

/**
 * Writes a query's rows as files, each a whole Arrow IPC stream, in the query's order. Spark's
 * tasks write them, so that no row passes through the driver.
 */
final class ArrowChunks {
  private static final int BATCH_ROWS = 10_000;

  /** Chunks in order, and their files. */
  record Written(List<Chunk> chunks, List<Path> files) {}

  /** Where a chunk ends. */
  record Size(long rows, long bytes) implements Serializable {}

  private ArrowChunks() {}

  static Written write(Dataset<Row> rows, Path folder, Size most, Compression compression)
      throws IOException {
    Files.createDirectories(folder);
    String zone = rows.sparkSession().conf().get("spark.sql.session.timeZone");
    int batchRows = (int) Math.min(BATCH_ROWS, most.rows());
    JavaRDD<byte[]> batches =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows)
            .toArrowBatchRdd(batchRows, zone, false, false)
            .toJavaRDD();
    boolean keepsPartitions = true;
    List<Part> parts =
        new ArrayList<>(
            batches
                .mapPartitionsWithIndex(
                    new PartitionWriter(rows.schema(), zone, folder.toString(), most, compression),
                    keepsPartitions)
                .collect());
    parts.sort(Comparator.comparingInt(Part::partition).thenComparingInt(Part::sequence));
    List<Chunk> chunks = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    long offset = 0;
    for (Part part : parts) {
      chunks.add(new Chunk(chunks.size(), offset, part.rows(), part.bytes()));
      files.add(folder.resolve(part.file()));
      offset += part.rows();
    }
    return new Written(chunks, files);
  }

  /** One file of one task. */
  private record Part(int partition, int sequence, String file, long rows, long bytes)
      implements Serializable {}

  private static final class PartitionWriter
      implements Function2<Integer, Iterator<byte[]>, Iterator<Part>> {
    private static final long serialVersionUID = 1L;

    private final StructType schema;
    private final String zone;
    private final String folder;
    private final Size most;
    private final Compression compression;

    PartitionWriter(
        StructType schema, String zone, String folder, Size most, Compression compression) {
      this.schema = schema;
      this.zone = zone;
      this.folder = folder;
      this.most = most;
      this.compression = compression;
    }

    @Override
    public Iterator<Part> call(Integer partition, Iterator<byte[]> batches) throws IOException {
      List<Part> parts = new ArrayList<>();
      byte[] next = next(batches);
      while (next.length > 0) {
        String file = "chunk-" + partition + "-" + parts.size() + ".arrow";
        long rowsWritten = 0;
        long bytesWritten = 0;
        try (OutputStream out = open(Path.of(folder, file))) {
          ArrowBatchStreamWriter stream =
              new ArrowBatchStreamWriter(schema, out, zone, false, false);
          do {
            rowsWritten += rowsIn(next);
            bytesWritten += next.length;
            stream.writeBatches(scala.collection.Iterator.single(next));
            next = next(batches);
          } while (next.length > 0
              && rowsWritten + rowsIn(next) <= most.rows()
              && bytesWritten + next.length <= most.bytes());
          stream.end();
        }
        parts.add(new Part(partition, parts.size(), file, rowsWritten, bytesWritten));
      }
      return parts.iterator();
    }

    private OutputStream open(Path file) throws IOException {
      OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
      return switch (compression) {
        case NONE -> plain;
        case LZ4_FRAME -> new LZ4FrameOutputStream(plain);
      };
    }

    private static byte[] next(Iterator<byte[]> batches) {
      while (batches.hasNext()) {
        byte[] batch = batches.next();
        if (rowsIn(batch) > 0) {
          return batch;
        }
      }
      return new byte[0];
    }

    /**
     * Reads the length that the batch's own header states: after the marker and the header's size.
     */
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
}
