package ai.birdie.databricks.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.core.ingest.BatchReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Chunk bodies as a warehouse sends them. */
public final class Arrows {

  /** id, text, at, and the two columns that every row carries. */
  public static final Schema SCHEMA =
      new Schema(
          List.of(
              Field.nullable("id", new ArrowType.Int(64, true)),
              Field.nullable("text", ArrowType.Utf8.INSTANCE),
              Field.nullable(
                  "at", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "America/Los_Angeles")),
              Field.nullable(BatchReader.CURSOR, new ArrowType.Int(64, true)),
              Field.nullable(BatchReader.ROW_HASH, new ArrowType.Int(64, true))));

  private Arrows() {}

  /** An Arrow stream of rows with ids from {@code first} on, in batches. */
  public static byte[] stream(long first, int... batches) {
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
      writer.start();
      long id = first;
      for (int rows : batches) {
        fill(root, id, rows);
        writer.writeBatch();
        id += rows;
      }
      writer.end();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An Arrow stream of one row, a list that says it has so many items, and holds none. */
  public static byte[] claiming(int items) {
    Field item = Field.nullable("item", new ArrowType.Bool());
    Schema schema =
        new Schema(
            List.of(new Field("list", FieldType.nullable(ArrowType.List.INSTANCE), List.of(item))));
    try (BufferAllocator allocator = new RootAllocator();
        ArrowBuf none = allocator.buffer(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WriteChannel channel = new WriteChannel(Channels.newChannel(out));
        ArrowRecordBatch batch =
            new ArrowRecordBatch(
                1,
                List.of(new ArrowFieldNode(1, 0), new ArrowFieldNode(items, 0)),
                List.of(none, none, none, none))) {
      MessageSerializer.serialize(channel, schema);
      MessageSerializer.serialize(channel, batch);
      ArrowStreamWriter.writeEndOfStream(channel, IpcOption.DEFAULT);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(VectorSchemaRoot root, long first, int rows) {
    BigIntVector id = (BigIntVector) root.getVector("id");
    VarCharVector text = (VarCharVector) root.getVector("text");
    TimeStampMicroTZVector at = (TimeStampMicroTZVector) root.getVector("at");
    BigIntVector cursor = (BigIntVector) root.getVector(BatchReader.CURSOR);
    BigIntVector hash = (BigIntVector) root.getVector(BatchReader.ROW_HASH);
    for (int i = 0; i < rows; i++) {
      id.setSafe(i, first + i);
      String said = "canary row " + (first + i);
      text.setSafe(i, said.getBytes(UTF_8));
      at.setSafe(i, first + i);
      cursor.setSafe(i, first + i);
      hash.setSafe(i, hash(first + i, said, first + i));
    }
    root.setRowCount(rows);
  }

  /** What a warehouse computes of a row. */
  public static long hash(long id, String text, long at) {
    return hash(id) ^ XxHash64.of(text.getBytes(UTF_8), seed("text")) ^ XxHash64.of(at, seed("at"));
  }

  /** What it computes of a row that has nothing but an id. */
  public static long hash(long id) {
    return XxHash64.of(id, seed("id"));
  }

  private static long seed(String column) {
    return XxHash64.of(column.getBytes(UTF_8), XxHash64.SEED);
  }

  /** As LZ4 frames of at most so many bytes each, one after the other. */
  public static byte[] lz4(byte[] bytes, int frameBytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += frameBytes) {
      try (LZ4FrameOutputStream frame = new LZ4FrameOutputStream(all)) {
        frame.write(bytes, at, Math.min(frameBytes, bytes.length - at));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toByteArray();
  }
}
