package ai.birdie.workspace.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Files of comma-separated values as RFC 4180 has them, without a header; null is the word {@code
 * null}, which makes it one with that text, as on Databricks. The rows are of texts.
 *
 * @param columns how many
 */
record CsvFormat(int columns) implements ChunkFormat {
  private static final String LINE_END = "\r\n";

  /** The line of names, which the first file of a result begins with. */
  static byte[] header(List<String> names) {
    return line(names.size(), names::get);
  }

  @Override
  public Iterator<Piece> pieces(Iterator<InternalRow> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Piece next() {
        InternalRow row = rows.next();
        return new Piece(
            1, line(columns, i -> row.isNullAt(i) ? "null" : row.getUTF8String(i).toString()));
      }
    };
  }

  @Override
  public Body open(OutputStream out) {
    return new Body() {
      @Override
      public void add(Piece row) throws IOException {
        out.write(row.bytes());
      }

      @Override
      public void end() {}
    };
  }

  @Override
  public String suffix() {
    return "csv";
  }

  private static byte[] line(int columns, IntFunction<String> value) {
    StringJoiner line = new StringJoiner(",", "", LINE_END);
    for (int i = 0; i < columns; i++) {
      line.add(field(value.apply(i)));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
