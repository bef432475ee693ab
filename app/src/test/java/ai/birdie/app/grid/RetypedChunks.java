package ai.birdie.app.grid;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Chunks, written anew with another type for the column of texts, which is all NULL then. */
final class RetypedChunks {

  private static final String COLUMN = "text";

  /** No type of Arrow's has this number. */
  private static final byte UNKNOWN = 99;

  private RetypedChunks() {}

  static byte[] as(ArrowType type, byte[] chunk) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader read =
            new ArrowStreamReader(
                new LZ4FrameInputStream(new ByteArrayInputStream(chunk)), allocator);
        FieldVector other = Field.nullable(COLUMN, type).createVector(allocator)) {
      VectorSchemaRoot rows = read.getVectorSchemaRoot();
      List<FieldVector> columns = new ArrayList<>(rows.getFieldVectors());
      columns.set(columns.indexOf(rows.getVector(COLUMN)), other);
      VectorSchemaRoot retyped = new VectorSchemaRoot(columns);
      try (ArrowStreamWriter writer =
          new ArrowStreamWriter(retyped, null, Channels.newChannel(out))) {
        writer.start();
        while (read.loadNextBatch()) {
          other.setValueCount(rows.getRowCount());
          retyped.setRowCount(rows.getRowCount());
          writer.writeBatch();
        }
        writer.end();
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a type that nobody knows: two whose schemas differ in nothing else show where it is. */
  static byte[] unknown(byte[] chunk) {
    byte[] texts = as(ArrowType.Utf8.INSTANCE, chunk);
    texts[Arrays.mismatch(texts, as(ArrowType.LargeUtf8.INSTANCE, chunk))] = UNKNOWN;
    return texts;
  }
}
