package ai.birdie.workspace.fault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

/** Changes to the bytes of a file behind a link. */
final class Bytes {
  private static final int MEGABYTE = 1024 * 1024;
  private static final byte[] LZ4_MAGIC = {0x04, 0x22, 0x4D, 0x18};

  private Bytes() {}

  /** One byte is another; counted from the end when it is negative. */
  static UnaryOperator<byte[]> flipped(long at) {
    return bytes -> {
      if (bytes.length > 0) {
        bytes[Math.floorMod(at, bytes.length)] ^= 0x5A;
      }
      return bytes;
    };
  }

  /** What is left of it is sent as if it were all. */
  static UnaryOperator<byte[]> shortened(long by) {
    return bytes -> Arrays.copyOf(bytes, (int) Math.max(0, bytes.length - by));
  }

  /** Some kilobytes that become so many megabytes of zeros. */
  static UnaryOperator<byte[]> bomb(long megabytes) {
    return bytes -> {
      byte[] zeros = new byte[MEGABYTE];
      return compressed(out -> {
        for (long i = 0; i < megabytes; i++) {
          out.write(zeros);
        }
      });
    };
  }

  /** The same content in so many frames of LZ4, one behind the other, where it was in one. */
  static UnaryOperator<byte[]> inFrames(long frames) {
    return bytes -> {
      if (!Arrays.equals(LZ4_MAGIC, Arrays.copyOf(bytes, LZ4_MAGIC.length))) {
        return bytes;
      }
      byte[] content = decompressed(bytes);
      int piece = (int) Math.max(1, (content.length + frames - 1) / frames);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int from = 0; from < content.length; from += piece) {
        int start = from;
        int length = Math.min(piece, content.length - from);
        all.writeBytes(compressed(out -> out.write(content, start, length)));
      }
      return all.toByteArray();
    };
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static byte[] compressed(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new LZ4FrameOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] decompressed(byte[] bytes) {
    try (LZ4FrameInputStream in = new LZ4FrameInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
