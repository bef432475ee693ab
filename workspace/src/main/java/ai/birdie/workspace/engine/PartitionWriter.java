package ai.birdie.workspace.engine;

import ai.birdie.workspace.engine.ChunkFormat.Piece;
import ai.birdie.workspace.engine.PartitionFiles.ChunkFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;

/** A task that writes its rows to files, so that none passes through the driver. */
final class PartitionWriter
    implements Function2<Integer, Iterator<InternalRow>, Iterator<PartitionFiles>> {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Where something ends. */
  record Most(long rows, long bytes) implements Serializable {}

  private final String folder;
  private final ChunkFormat format;
  private final Most ofAFile;
  private final Most ofAll;

  PartitionWriter(String folder, ChunkFormat format, Most ofAFile, Most ofAll) {
    this.folder = folder;
    this.format = format;
    this.ofAFile = ofAFile;
    this.ofAll = ofAll;
  }

  @Override
  public Iterator<PartitionFiles> call(Integer partition, Iterator<InternalRow> rows)
      throws IOException {
    return List.of(write(partition, rows)).iterator();
  }

  PartitionFiles write(int partition, Iterator<InternalRow> rows) throws IOException {
    FirstRows first = new FirstRows(rows, ofAll.rows());
    Pieces pieces = new Pieces(format.pieces(first), ofAll.bytes());
    List<ChunkFile> files = new ArrayList<>();
    while (pieces.hasNext()) {
      files.add(write("chunk-" + partition + "-" + files.size() + "." + format.suffix(), pieces));
    }
    boolean cut = first.hasMore() || pieces.hasMore();
    return new PartitionFiles(partition, files, cut);
  }

  private ChunkFile write(String name, Pieces pieces) throws IOException {
    long rows = 0;
    long bytes = 0;
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(Path.of(folder, name)), BUFFER_BYTES)) {
      ChunkFormat.Body body = format.open(out);
      do {
        Piece piece = pieces.next();
        body.add(piece);
        rows += piece.rows();
        bytes += piece.bytes().length;
      } while (pieces.hasNext() && pieces.nextFits(ofAFile.rows() - rows, ofAFile.bytes() - bytes));
      body.end();
    }
    return new ChunkFile(name, rows, bytes);
  }

  /** The first rows of others. */
  private static final class FirstRows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private long left;

    FirstRows(Iterator<InternalRow> rows, long most) {
      this.rows = rows;
      this.left = most;
    }

    boolean hasMore() {
      return left == 0 && rows.hasNext();
    }

    @Override
    public boolean hasNext() {
      return left > 0 && rows.hasNext();
    }

    @Override
    public InternalRow next() {
      if (left == 0) {
        throw new NoSuchElementException();
      }
      left--;
      return rows.next();
    }
  }

  /** Pieces that can be looked at before they are taken, until there are too many bytes of them. */
  private static final class Pieces {
    private final Iterator<Piece> pieces;
    private long bytesLeft;
    private List<Piece> ahead = List.of();

    Pieces(Iterator<Piece> pieces, long mostBytes) {
      this.pieces = pieces;
      this.bytesLeft = mostBytes;
      advance();
    }

    boolean hasNext() {
      return !ahead.isEmpty() && ahead.getFirst().bytes().length <= bytesLeft;
    }

    boolean hasMore() {
      return !ahead.isEmpty();
    }

    boolean nextFits(long rows, long bytes) {
      Piece next = ahead.getFirst();
      return next.rows() <= rows && next.bytes().length <= bytes;
    }

    Piece next() {
      Piece next = ahead.getFirst();
      bytesLeft -= next.bytes().length;
      advance();
      return next;
    }

    /** Passes over batches without rows, which Spark makes of empty partitions. */
    private void advance() {
      ahead = List.of();
      while (ahead.isEmpty() && pieces.hasNext()) {
        Piece piece = pieces.next();
        if (piece.rows() > 0) {
          ahead = List.of(piece);
        }
      }
    }
  }
}
