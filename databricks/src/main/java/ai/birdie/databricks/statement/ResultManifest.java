package ai.birdie.databricks.statement;

import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.sql.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the warehouse declares of a result. It exists only for a result that is whole: not
 * truncated, and with chunks that hold each row exactly once.
 *
 * @param columns in the order in which they are selected
 * @param chunks by index, without gaps
 */
public record ResultManifest(List<Column> columns, List<Chunk> chunks, long totalRowCount) {

  public ResultManifest {
    columns = List.copyOf(columns);
    chunks = List.copyOf(chunks);
  }

  /**
   * The manifest that an answer holds.
   *
   * @throws ai.birdie.core.error.IncompleteException if it does not describe a whole result
   */
  static ResultManifest of(Wire.@Nullable Manifest manifest, String purpose) {
    if (manifest == null) {
      throw DatabricksErrors.incomplete(purpose, "the answer has no manifest");
    }
    if (!Boolean.FALSE.equals(manifest.truncated())) {
      throw DatabricksErrors.cutShort(purpose);
    }
    Long total = manifest.totalRowCount();
    if (total == null || total < 0) {
      throw DatabricksErrors.incomplete(
          purpose, "the manifest does not say how many rows there are");
    }
    List<Chunk> chunks = chunks(manifest, purpose);
    Integer count = manifest.totalChunkCount();
    if (count != null && count != chunks.size()) {
      throw DatabricksErrors.incomplete(
          purpose, "the manifest declares " + count + " chunks and lists " + chunks.size());
    }
    requireTiles(chunks, 0, total, purpose);
    return new ResultManifest(columns(manifest, purpose), chunks, total);
  }

  /** About how large the result is; empty unless that is declared of each chunk. */
  public OptionalLong byteCount() {
    return chunks.stream().allMatch(chunk -> chunk.byteCount().isPresent())
        ? OptionalLong.of(chunks.stream().mapToLong(chunk -> chunk.byteCount().orElseThrow()).sum())
        : OptionalLong.empty();
  }

  /**
   * Checks that {@code parts}, in order, are the chunk, with each of its rows once.
   *
   * @throws ai.birdie.core.error.IncompleteException if they are not
   */
  public void requireParts(Chunk chunk, List<Chunk> parts, String purpose) {
    if (parts.isEmpty()) {
      throw DatabricksErrors.incomplete(purpose, "there is no link to chunk " + chunk.index());
    }
    requireTiles(parts, chunk.rowOffset(), chunk.rowOffset() + chunk.rowCount(), purpose);
  }

  /**
   * Checks that {@code parts}, in order, hold the rows from {@code from} up to but without {@code
   * to}, each once.
   */
  static void requireTiles(List<Chunk> parts, long from, long to, String purpose) {
    long next = from;
    for (Chunk part : parts) {
      if (part.rowOffset() != next || part.rowCount() < 0 || part.rowCount() > to - next) {
        throw DatabricksErrors.incomplete(
            purpose,
            "chunk "
                + part.index()
                + " does not begin where the one before it ends, at row "
                + next);
      }
      next += part.rowCount();
    }
    if (next != to) {
      throw DatabricksErrors.incomplete(
          purpose, "the chunks hold rows up to " + next + " of " + to);
    }
  }

  private static List<Chunk> chunks(Wire.Manifest manifest, String purpose) {
    List<Wire.ChunkInfo> infos = Objects.requireNonNullElse(manifest.chunks(), List.of());
    List<Chunk> chunks = new ArrayList<>();
    for (Wire.ChunkInfo info : infos) {
      chunks.add(chunk(info.chunkIndex(), info.rowOffset(), info.rowCount(), info.byteCount()));
    }
    chunks.sort(Comparator.comparingInt(Chunk::index));
    for (int i = 0; i < chunks.size(); i++) {
      if (chunks.get(i).index() != i) {
        throw DatabricksErrors.incomplete(purpose, "chunk " + i + " is missing or there twice");
      }
    }
    return chunks;
  }

  /** A chunk whose missing figures can fit nowhere. */
  static Chunk chunk(
      @Nullable Integer index,
      @Nullable Long rowOffset,
      @Nullable Long rowCount,
      @Nullable Long byteCount) {
    return new Chunk(
        Objects.requireNonNullElse(index, -1),
        Objects.requireNonNullElse(rowOffset, -1L),
        Objects.requireNonNullElse(rowCount, -1L),
        byteCount == null || byteCount < 1 ? OptionalLong.empty() : OptionalLong.of(byteCount));
  }

  private static List<Column> columns(Wire.Manifest manifest, String purpose) {
    Wire.Schema schema = manifest.schema();
    List<Wire.ColumnInfo> infos =
        new ArrayList<>(
            schema == null ? List.of() : Objects.requireNonNullElse(schema.columns(), List.of()));
    Integer count = schema == null ? null : schema.columnCount();
    if (count != null && count != infos.size()) {
      throw DatabricksErrors.incomplete(
          purpose, "the manifest declares " + count + " columns and lists " + infos.size());
    }
    infos.sort(Comparator.comparingInt(info -> Objects.requireNonNullElse(info.position(), 0)));
    List<Column> columns = new ArrayList<>();
    for (Wire.ColumnInfo info : infos) {
      String name = info.name();
      String type = info.typeText() == null ? info.typeName() : info.typeText();
      if (name == null || type == null) {
        throw DatabricksErrors.incomplete(purpose, "a column of the manifest has no name or type");
      }
      columns.add(new Column(name, type));
    }
    return columns;
  }
}
