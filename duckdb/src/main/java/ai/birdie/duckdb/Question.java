package ai.birdie.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query, as it goes from who reads a store to who holds it.
 *
 * @param parameters texts and whole numbers
 */
record Question(String sql, List<Object> parameters) {

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_PARAMETERS = 100;

  /** What follows as a parameter. */
  private static final int TEXT = 1;

  private static final int NUMBER = 2;

  void write(DataOutputStream out) throws IOException {
    writeText(out, sql);
    out.writeInt(parameters.size());
    for (Object parameter : parameters) {
      if (parameter instanceof Number number) {
        out.writeByte(NUMBER);
        out.writeLong(number.longValue());
      } else {
        out.writeByte(TEXT);
        writeText(out, parameter.toString());
      }
    }
    out.flush();
  }

  /**
   * The next one, unless who asks has closed the connection.
   *
   * @throws IOException if what comes is no question
   */
  static Optional<Question> read(DataInputStream in) throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return Optional.empty();
    }
    in.reset();
    String sql = readText(in);
    int count = atMost(MOST_PARAMETERS, in.readInt());
    List<Object> parameters = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parameters.add(in.readByte() == NUMBER ? (Object) in.readLong() : readText(in));
    }
    return Optional.of(new Question(sql, parameters));
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(atMost(MOST_BYTES, in.readInt())), UTF_8);
  }

  private static int atMost(int most, int size) throws IOException {
    if (size < 0 || size > most) {
      throw new IOException("A length of " + size + ", where at most " + most + " can be");
    }
    return size;
  }
}
