package ai.birdie.duckdb;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.duckdb.DuckDBConnection;

/**
 * Another process, which holds a store for writing and answers questions about it, all from one
 * committed state. Used by one thread.
 */
final class StoreHolder implements AutoCloseable {

  /** Why an answer did not come, or ended before its time. */
  static final String SILENT =
      "the process that holds the store answers no more: it has ended, or this took longer than ten minutes";

  /** For the greeting; all who may ask at once can be at it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Under which an answer's rows are known where they come in. */
  private static final String ANSWER = "answer";

  private final SocketChannel channel;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final BufferAllocator allocator;
  private Optional<Answer> answer = Optional.empty();

  private StoreHolder(SocketChannel channel, BufferAllocator allocator) {
    this.channel = channel;
    this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
    this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
    this.allocator = allocator;
  }

  /** Who holds the store in {@code home}; nothing where nobody answers in time. */
  static Optional<StoreHolder> find(Path home, BufferAllocator allocator) {
    return ReaderSocket.connect(home).flatMap(channel -> greet(channel, allocator));
  }

  private static Optional<StoreHolder> greet(SocketChannel channel, BufferAllocator allocator) {
    StoreHolder holder = new StoreHolder(channel, allocator);
    try {
      if (isReadable(channel) && holder.in.readInt() == Conversation.GREETING) {
        return Optional.of(holder);
      }
    } catch (IOException e) {
      // it has closed the store
    }
    holder.close();
    return Optional.empty();
  }

  private static boolean isReadable(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    boolean readable;
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_READ);
      readable = selector.select(PATIENCE.toMillis()) > 0;
    }
    channel.configureBlocking(true);
    return readable;
  }

  /**
   * A statement on {@code connection} that gives the answer's rows, once, until the next question.
   *
   * @throws SQLException if the other process refuses, or does not answer any more
   */
  PreparedStatement ask(DuckDBConnection connection, Question question) throws SQLException {
    try {
      answer.ifPresent(Answer::free);
      question.write(out);
      if (in.readByte() != Conversation.ROWS) {
        throw new SQLException(Question.readText(in));
      }
      Answer next = new Answer();
      answer = Optional.of(next);
      try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        Data.exportArrayStream(allocator, next, stream);
        connection.registerArrowStream(ANSWER, stream);
      }
      return connection.prepareStatement("FROM " + ANSWER);
    } catch (IOException e) {
      throw new SQLException(SILENT, e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      answer.ifPresent(Answer::free);
    } catch (IOException e) {
      // it is closed all the same
    }
  }

  /** An answer's rows, and the word that they were all. */
  private final class Answer extends ArrowStreamReader {

    private boolean whole;

    Answer() {
      super(in, StoreHolder.this.allocator);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      if (whole || more()) {
        return !whole;
      }
      if (ending() != Conversation.WHOLE) {
        throw new IOException(Question.readText(in));
      }
      whole = true;
      return false;
    }

    private boolean more() throws IOException {
      try {
        return super.loadNextBatch();
      } catch (IOException e) {
        throw new IOException(SILENT, e);
      }
    }

    private byte ending() throws IOException {
      try {
        return in.readByte();
      } catch (IOException e) {
        throw new IOException(SILENT, e);
      }
    }

    /** Of an answer that was given up, the rest would be taken for the next one. */
    @Override
    protected void closeReadSource() throws IOException {
      if (!whole) {
        channel.close();
      }
    }

    void free() {
      try {
        close();
      } catch (IOException e) {
        // what it held is free
      }
    }
  }
}
