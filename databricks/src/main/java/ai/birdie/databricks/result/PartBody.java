package ai.birdie.databricks.result;

import ai.birdie.databricks.statement.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** The bytes of one part of a chunk, as they were sent: written once, then read once. */
final class PartBody {

  private final Chunk part;
  private final Segments segments;
  private final Deque<byte[]> filled = new ArrayDeque<>();
  private long size;

  PartBody(Chunk part, Segments segments) {
    this.part = part;
    this.segments = segments;
  }

  /** Which rows these bytes hold. */
  Chunk part() {
    return part;
  }

  long size() {
    return size;
  }

  /**
   * Reads {@code in} to its end.
   *
   * @param limit how many bytes are too many
   * @param stopped asked after each piece whether to give up
   */
  void fill(InputStream in, long limit, BooleanSupplier stopped) throws IOException {
    while (true) {
      byte[] segment = segments.take();
      filled.add(segment);
      int n = readFully(in, segment, stopped);
      if (size > limit) {
        throw new IOException("A chunk has more than " + limit + " bytes");
      }
      if (n < segment.length) {
        return;
      }
    }
  }

  /** Counts what comes even where the rest does not: it was sent. */
  private int readFully(InputStream in, byte[] segment, BooleanSupplier stopped)
      throws IOException {
    int at = 0;
    while (at < segment.length) {
      int n = in.read(segment, at, segment.length - at);
      if (n < 0) {
        return at;
      }
      at += n;
      size += n;
      if (stopped.getAsBoolean()) {
        throw new SocketTimeoutException("The download was stopped, or took too long");
      }
    }
    return at;
  }

  /** Gives back the memory of what has not been read. */
  void free() {
    filled.forEach(segments::give);
    filled.clear();
  }

  /** The bytes; their memory is given back as they are read. */
  InputStream open() {
    return new Unread();
  }

  private final class Unread extends InputStream {

    private long left = size;
    private int at;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      byte[] segment = filled.peek();
      if (left == 0 || segment == null) {
        return -1;
      }
      int n = (int) Math.min(Math.min(length, segment.length - at), left);
      System.arraycopy(segment, at, into, offset, n);
      at += n;
      left -= n;
      if (at == segment.length || left == 0) {
        segments.give(filled.remove());
        at = 0;
      }
      return n;
    }

    @Override
    public void close() {
      free();
    }
  }
}
