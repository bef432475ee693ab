package ai.birdie.app.grid;

import ai.birdie.testkit.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Little that becomes much. */
final class Bombs {

  private static final int MEBIBYTE = 1 << 20;
  private static final int MEBIBYTES = 64;

  private Bombs() {}

  /** An answer that says that it is to be decompressed, to 64 MiB. */
  static Fault gzip() {
    byte[] bomb = gzipped();
    return new Fault.Change(answer -> answer.withBody(bomb).with("Content-Encoding", "gzip"));
  }

  private static byte[] gzipped() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < MEBIBYTES; i++) {
        zip.write(new byte[MEBIBYTE]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
