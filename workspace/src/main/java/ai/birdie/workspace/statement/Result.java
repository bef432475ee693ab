package ai.birdie.workspace.statement;

import java.nio.file.Path;
import java.util.List;

/**
 * What a statement came to: its columns, its chunks, and where their bytes are.
 *
 * @param columns in order
 * @param chunks tiling all rows from 0
 * @param files one for each chunk, in order
 * @param truncated whether a limit cut it
 * @param delivery what was really done
 */
public record Result(
    List<Column> columns,
    List<Chunk> chunks,
    List<Path> files,
    boolean truncated,
    StatementRequest.Delivery delivery) {
  public Result {
    columns = List.copyOf(columns);
    chunks = List.copyOf(chunks);
    files = List.copyOf(files);
    if (chunks.size() != files.size()) {
      throw new IllegalArgumentException(chunks.size() + " chunks, " + files.size() + " files");
    }
  }

  /** Rows of all chunks. */
  public long rowCount() {
    return chunks.stream().mapToLong(Chunk::rowCount).sum();
  }

  /** Uncompressed bytes of all chunks. */
  public long byteCount() {
    return chunks.stream().mapToLong(Chunk::byteCount).sum();
  }
}
