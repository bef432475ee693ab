package ai.birdie.duckdb;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.duckdb.DuckDBResultSet;

/**
 * The questions of one process, answered from one committed state of the store. An answer is the
 * byte {@link #ROWS}, an Arrow stream, and {@link #WHOLE}; where the engine refuses, or fails
 * meanwhile, {@link #FAILED} and a text come in the place of the first or of the last.
 *
 * <p>Used by one thread, but for {@link #cut}.
 */
final class Conversation {

  /** Begins each, so that two versions of this that do not understand each other notice. */
  static final int GREETING = 0x42495231;

  static final int FAILED = 0;
  static final int ROWS = 1;
  static final int WHOLE = 2;

  private static final int BATCH_ROWS = 2048;

  private final SocketChannel asker;
  private final SnapshotConnection connection;
  private final BufferAllocator allocator;

  Conversation(SocketChannel asker, SnapshotConnection connection, BufferAllocator allocator) {
    this.asker = asker;
    this.connection = connection;
    this.allocator = allocator;
  }

  /** Answers until the other side has no more questions. */
  void hold() throws IOException, SQLException {
    var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(asker)));
    var out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(asker)));
    out.writeInt(GREETING);
    out.flush();
    connection.begin();
    try {
      for (var next = Question.read(in); next.isPresent(); next = Question.read(in)) {
        answer(next.get(), out);
        out.flush();
      }
    } finally {
      connection.end();
    }
  }

  /**
   * Ends it, whatever it is at; once more, where a statement was about to begin. May be called by
   * any thread.
   */
  void cut() {
    try {
      asker.close();
      connection.cancel();
    } catch (IOException | SQLException e) {
      // it has ended
    }
  }

  private void answer(Question question, DataOutputStream out) throws IOException {
    try (PreparedStatement statement = connection.prepare(question)) {
      try (ResultSet result = statement.executeQuery()) {
        out.writeByte(ROWS);
        writeRows(result, out);
      }
      out.writeByte(WHOLE);
    } catch (SQLException e) {
      if (!asker.isOpen()) {
        throw new ClosedChannelException(); // and nobody is there to be told
      }
      out.writeByte(FAILED);
      Question.writeText(out, connection.reason(question, e));
    }
  }

  @SuppressWarnings("resource") // to close the writer would close the connection
  private void writeRows(ResultSet result, DataOutputStream out) throws SQLException, IOException {
    Object stream = result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, BATCH_ROWS);
    try (ArrowReader rows = (ArrowReader) stream) {
      var writer = new ArrowStreamWriter(rows.getVectorSchemaRoot(), rows, out);
      writer.start();
      try {
        while (loadNext(rows)) {
          writer.writeBatch();
        }
      } finally {
        writer.end();
      }
    }
  }

  /** What fails here is the query, and not the way to who asks. */
  private static boolean loadNext(ArrowReader rows) throws SQLException {
    try {
      return rows.loadNextBatch();
    } catch (IOException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }
}
