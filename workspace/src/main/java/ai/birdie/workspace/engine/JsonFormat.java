package ai.birdie.workspace.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Files that are compact JSON: an array of arrays of texts and nulls. The rows are of texts.
 *
 * @param columns how many
 */
record JsonFormat(int columns) implements ChunkFormat {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public Iterator<Piece> pieces(Iterator<InternalRow> rows) {
    return new Rows(rows);
  }

  @Override
  public Body open(OutputStream out) throws IOException {
    out.write('[');
    return new Body() {
      private boolean first = true;

      @Override
      public void add(Piece row) throws IOException {
        if (!first) {
          out.write(',');
        }
        first = false;
        out.write(row.bytes());
      }

      @Override
      public void end() throws IOException {
        out.write(']');
      }
    };
  }

  @Override
  public String suffix() {
    return "json";
  }

  private final class Rows implements Iterator<Piece> {
    private final Iterator<InternalRow> rows;
    private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    private final JsonGenerator json;

    Rows(Iterator<InternalRow> rows) {
      this.rows = rows;
      try {
        this.json = JSON.createGenerator(encoded);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      // Rows stand alone: what is between them is the file's business.
      json.setPrettyPrinter(new MinimalPrettyPrinter(null));
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Piece next() {
      try {
        encode(rows.next());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      byte[] row = encoded.toByteArray();
      encoded.reset();
      return new Piece(1, row);
    }

    private void encode(InternalRow row) throws IOException {
      json.writeStartArray();
      for (int i = 0; i < columns; i++) {
        if (row.isNullAt(i)) {
          json.writeNull();
        } else {
          json.writeString(row.getUTF8String(i).toString());
        }
      }
      json.writeEndArray();
      json.flush();
    }
  }
}
