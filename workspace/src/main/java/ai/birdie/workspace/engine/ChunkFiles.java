package ai.birdie.workspace.engine;

import ai.birdie.workspace.engine.PartitionWriter.Most;
import ai.birdie.workspace.statement.Chunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A query's rows as files, in the query's order.
 *
 * @param chunks tiling the rows
 * @param files one for each chunk
 * @param cut whether a limit left rows out
 */
record ChunkFiles(List<Chunk> chunks, List<Path> files, boolean cut) {
  private static final Comparator<PartitionFiles> IN_ORDER =
      Comparator.comparingInt(PartitionFiles::partition);

  /** Runs the query, whose rows are as the format wants them. */
  static ChunkFiles write(
      Dataset<Row> rows, Path folder, ChunkFormat format, Most ofAFile, Most ofAll)
      throws IOException {
    Files.createDirectories(folder);
    PartitionWriter writer = new PartitionWriter(folder.toString(), format, ofAFile, ofAll);
    boolean keepsPartitions = true;
    List<PartitionFiles> written =
        new ArrayList<>(
            atMost(rows, ofAll.rows()).mapPartitionsWithIndex(writer, keepsPartitions).collect());
    written.sort(IN_ORDER);
    return joined(written, folder, ofAll.bytes());
  }

  /**
   * Runs the query one part at a time, and no further than the limits. For small results, which
   * then come in as few files as may be.
   */
  static ChunkFiles writeInTurn(
      Dataset<Row> rows, Path folder, ChunkFormat format, Most ofAFile, Most ofAll)
      throws IOException {
    Files.createDirectories(folder);
    // Spark gives out the same row over and over, which its local iterator would keep.
    Iterator<InternalRow> copies = internal(rows).map(InternalRow::copy).toLocalIterator();
    return joined(
        List.of(new PartitionWriter(folder.toString(), format, ofAFile, ofAll).write(0, copies)),
        folder,
        ofAll.bytes());
  }

  /** Rows of all chunks. */
  long rowCount() {
    return chunks.stream().mapToLong(Chunk::rowCount).sum();
  }

  /** One row more than asked for tells that there are more; one task then sees them all. */
  private static JavaRDD<InternalRow> atMost(Dataset<Row> rows, long most) {
    if (most >= Integer.MAX_VALUE - 1) {
      return internal(rows);
    }
    return internal(rows.limit((int) most + 1)).coalesce(1);
  }

  private static JavaRDD<InternalRow> internal(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().toRdd().toJavaRDD();
  }

  private static ChunkFiles joined(List<PartitionFiles> written, Path folder, long mostBytes) {
    List<Chunk> chunks = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    long rows = 0;
    long bytes = 0;
    for (PartitionFiles partition : written) {
      for (PartitionFiles.ChunkFile file : partition.files()) {
        if (file.bytes() > mostBytes - bytes) {
          return new ChunkFiles(chunks, files, true);
        }
        chunks.add(new Chunk(chunks.size(), rows, file.rows(), file.bytes()));
        files.add(folder.resolve(file.name()));
        rows += file.rows();
        bytes += file.bytes();
      }
      if (partition.cut()) {
        return new ChunkFiles(chunks, files, true);
      }
    }
    return new ChunkFiles(chunks, files, false);
  }

  /** The same, with something before the first chunk's rows; nothing where there is no chunk. */
  ChunkFiles withPrefix(byte[] prefix) throws IOException {
    if (chunks.isEmpty()) {
      return this;
    }
    Path old = files.getFirst();
    Path file = old.resolveSibling("first-" + old.getFileName());
    try (var out = Files.newOutputStream(file)) {
      out.write(prefix);
      Files.copy(old, out);
    }
    Files.delete(old);
    Chunk chunk = chunks.getFirst();
    List<Chunk> newChunks = new ArrayList<>(chunks);
    newChunks.set(
        0,
        new Chunk(
            chunk.index(), chunk.rowOffset(), chunk.rowCount(), chunk.byteCount() + prefix.length));
    List<Path> newFiles = new ArrayList<>(files);
    newFiles.set(0, file);
    return new ChunkFiles(newChunks, newFiles, cut);
  }
}
