package ai.birdie.bench.recording;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

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

    /** The sum of its rows' hashes. */
    public BigInteger hashSum() {
      return LongStream.range(rowOffset, rowOffset + rowCount)
          .mapToObj(number -> BigInteger.valueOf(new Row(number).hash()))
          .reduce(BigInteger.ZERO, BigInteger::add);
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

  /** Where the table is as Parquet, once it is written. */
  public Path parquet() {
    return folder.resolve("table-" + rows + ".parquet");
  }

  /** Writes the chunks that are not there yet, on all processors. */
  public void writeChunks(Columns columns) {
    try (BufferAllocator allocator = new RootAllocator()) {
      chunks().parallelStream()
          .filter(chunk -> Files.notExists(file(columns, chunk)))
          .forEach(chunk -> write(allocator, columns, chunk));
    }
  }

  private void write(BufferAllocator allocator, Columns columns, Chunk chunk) {
    Path file = file(columns, chunk);
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
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
        while (generated.loadNextBatch()) {
          writer.writeBatch();
        }
        writer.end();
      }
      Files.move(unfinished, file, ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
