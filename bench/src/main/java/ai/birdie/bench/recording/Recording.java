package ai.birdie.bench.recording;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import ai.birdie.core.ingest.BatchReader;
import ai.birdie.databricks.result.DecodedHash;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.duckdb.DuckDBConnection;

/**
 * The first so many rows of the table in files: as the chunks of a result, each an Arrow stream in
 * an LZ4 frame, and as Parquet. Files that are there already are used again.
 */
public final class Recording {

  /** About 20 MB before they are compressed. */
  public static final int CHUNK_ROWS = 11 * GeneratedRows.BATCH;

  private static final int BUFFER = 1 << 20;

  private final Path folder;
  private final long rows;

  /** A chunk of the result that has all rows. */
  public record Chunk(int index, long rowOffset, long rowCount) {

    /** The cursor of its first row. */
    public long firstCursor() {
      return new Row(rowOffset).cursor();
    }

    /** The cursor of its last row. */
    public long lastCursor() {
      return new Row(rowOffset + rowCount - 1).cursor();
    }
  }

  public Recording(Path folder, long rows) {
    this.folder = folder;
    this.rows = rows;
  }

  public long rows() {
    return rows;
  }

  /** By index. */
  public List<Chunk> chunks() {
    long count = (rows + CHUNK_ROWS - 1) / CHUNK_ROWS;
    return LongStream.range(0, count)
        .mapToObj(
            i -> new Chunk((int) i, i * CHUNK_ROWS, Math.min(CHUNK_ROWS, rows - i * CHUNK_ROWS)))
        .toList();
  }

  /** Where a chunk is, once it is written. */
  public Path file(Columns columns, Chunk chunk) {
    return folder
        .resolve(columns.lowerCase())
        .resolve("%05d-%d.arrow.lz4".formatted(chunk.index(), chunk.rowCount()));
  }

  /** The sum of the hashes of a chunk's rows. */
  public BigInteger hashSum(Chunk chunk) {
    try {
      return new BigInteger(Files.readString(sum(Columns.FEED, chunk)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is written last of a chunk. */
  private Path sum(Columns columns, Chunk chunk) {
    Path file = file(columns, chunk);
    return file.resolveSibling(file.getFileName() + ".sum");
  }

  /** Where the table is as Parquet, once it is written. */
  public Path parquet() {
    return folder.resolve("table-" + rows + ".parquet");
  }

  /** Writes the chunks that are not there yet, on all processors. */
  public void writeChunks(Columns columns) {
    try (BufferAllocator allocator = new RootAllocator()) {
      chunks().parallelStream()
          .filter(chunk -> Files.notExists(sum(columns, chunk)))
          .forEach(chunk -> write(allocator, columns, chunk));
    }
  }

  private void write(BufferAllocator allocator, Columns columns, Chunk chunk) {
    Path file = file(columns, chunk);
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Path partialSum = file.resolveSibling(file.getFileName() + ".sum.unfinished");
    try {
      Files.createDirectories(file.getParent());
      try (GeneratedRows generated =
              new GeneratedRows(
                  allocator, columns, chunk.rowOffset(), chunk.rowOffset() + chunk.rowCount());
          OutputStream out =
              new LZ4FrameOutputStream(
                  new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER));
          ArrowStreamWriter writer =
              new ArrowStreamWriter(generated.getVectorSchemaRoot(), null, out)) {
        BigInteger hashSum = BigInteger.ZERO;
        while (generated.loadNextBatch()) {
          if (columns == Columns.FEED) {
            hashSum = hashSum.add(hashed(generated.getVectorSchemaRoot()));
          }
          writer.writeBatch();
        }
        writer.end();
        Files.writeString(partialSum, hashSum.toString());
      }
      Files.move(unfinished, file, ATOMIC_MOVE);
      Files.move(partialSum, sum(columns, chunk), ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives each row the hash that a warehouse would compute; their sum. */
  private static BigInteger hashed(VectorSchemaRoot batch) {
    DecodedHash hash = FeedbackTable.hash();
    BigIntVector hashes = (BigIntVector) batch.getVector(BatchReader.ROW_HASH);
    BigInteger sum = BigInteger.ZERO;
    for (int row = 0; row < batch.getRowCount(); row++) {
      long of = hash.of(batch, row).orElseThrow();
      hashes.set(row, of);
      sum = sum.add(BigInteger.valueOf(of));
    }
    return sum;
  }

  /** Writes the table as Parquet, if it is not there yet. */
  public void writeParquet() throws IOException, SQLException {
    if (Files.exists(parquet())) {
      return;
    }
    Files.createDirectories(folder);
    Path unfinished = folder.resolve("unfinished.parquet");
    try (BufferAllocator allocator = new RootAllocator();
        GeneratedRows generated = new GeneratedRows(allocator, Columns.TABLE, 0, rows);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
        var connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      Data.exportArrayStream(allocator, generated, stream);
      connection.registerArrowStream("rows", stream);
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "COPY (FROM rows) TO '" + unfinished + "' (FORMAT parquet, COMPRESSION zstd)");
    }
    Files.move(unfinished, parquet(), ATOMIC_MOVE);
  }
}
