package ai.birdie.workspace.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A small result as a JSON array of arrays, each value a text or null. */
final class InlineRows {
  /** What a result in the answer itself may hold. */
  static final long MOST_BYTES = 25L * 1024 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  /** How a result was cut, or not. */
  enum End {
    WHOLE,
    AT_LIMIT,
    TOO_LARGE
  }

  /** What was written. */
  record Written(long rows, long bytes, End end) {}

  private InlineRows() {}

  /** Writes at most {@code mostRows} and {@code mostBytes}; the file then holds whole rows. */
  static Written write(Dataset<Row> result, Path file, long mostRows, long mostBytes)
      throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Iterator<Row> rows = WireValues.texts(result).toLocalIterator();
    long rowCount = 0;
    long byteCount = 0;
    End end = End.WHOLE;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartArray();
      while (rows.hasNext()) {
        if (rowCount >= mostRows) {
          end = End.AT_LIMIT;
          break;
        }
        Row row = rows.next();
        byteCount += size(row);
        if (byteCount > mostBytes) {
          end = End.AT_LIMIT;
          break;
        }
        if (byteCount > MOST_BYTES) {
          end = End.TOO_LARGE;
          break;
        }
        write(row, json);
        rowCount++;
      }
      json.writeEndArray();
    }
    return new Written(rowCount, byteCount, end);
  }

  private static void write(Row row, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < row.size(); i++) {
      if (row.isNullAt(i)) {
        json.writeNull();
      } else {
        json.writeString(row.getString(i));
      }
    }
    json.writeEndArray();
  }

  private static long size(Row row) {
    long size = 2;
    for (int i = 0; i < row.size(); i++) {
      size += 3 + (row.isNullAt(i) ? 1 : row.getString(i).getBytes(StandardCharsets.UTF_8).length);
    }
    return size;
  }
}
