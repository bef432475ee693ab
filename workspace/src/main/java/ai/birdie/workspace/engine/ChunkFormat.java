package ai.birdie.workspace.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** How rows become the bytes of files. Goes to Spark's tasks. */
interface ChunkFormat extends Serializable {
  /** Some rows, encoded: what a file is never cut within. */
  final class Piece {
    private final long rows;
    private final byte[] bytes;

    /** Keeps the bytes, which are not to change. */
    Piece(long rows, byte[] bytes) {
      this.rows = rows;
      this.bytes = bytes;
    }

    long rows() {
      return rows;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** A file that is being written. Ending it completes it; whoever opened the stream closes it. */
  interface Body {
    void add(Piece piece) throws IOException;

    void end() throws IOException;
  }

  /** Encodes rows one after the other, none before it is asked for. */
  Iterator<Piece> pieces(Iterator<InternalRow> rows);

  Body open(OutputStream out) throws IOException;

  /** What a file is called after its dot. */
  String suffix();
}
