package ai.birdie.databricks.result;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import net.jpountz.lz4.LZ4FrameInputStream;

/**
 * A chunk's bytes as they were before they were compressed. What was asked for says nothing, and
 * what is declared may be wrong, so the magic number decides: no Arrow stream begins with LZ4's.
 */
final class Decompression {

  private static final byte[] LZ4_FRAME = {0x04, 0x22, 0x4d, 0x18};

  /** A byte of LZ4 repeats at most 255: an honest body never grows more. */
  private static final long LARGEST_RATIO = 255;

  private Decompression() {}

  /** How many bytes can come of {@code size} as they were sent, and are no more than a limit. */
  static long most(long size, long limit) {
    return size > limit / LARGEST_RATIO ? limit : size * LARGEST_RATIO;
  }

  /**
   * The decompressed bytes of {@code in}, all of its frames, of which there may be many.
   *
   * @param limit how many bytes are too many; beyond them, reading fails
   */
  static InputStream of(InputStream in, long limit) throws IOException {
    PushbackInputStream body = new PushbackInputStream(in, LZ4_FRAME.length);
    byte[] magic = body.readNBytes(LZ4_FRAME.length);
    body.unread(magic);
    boolean compressed = Arrays.equals(magic, LZ4_FRAME);
    return new Limited(compressed ? new LZ4FrameInputStream(body) : body, limit);
  }

  private static final class Limited extends FilterInputStream {

    private long left;

    Limited(InputStream in, long limit) {
      super(in);
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = in.read(into, offset, length);
      left -= Math.max(0, n);
      if (left < 0) {
        throw new IOException("A chunk decompresses to more than it may");
      }
      return n;
    }
  }
}
