package ai.birdie.databricks.result;

import ai.birdie.databricks.error.DatabricksErrors;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One Arrow IPC stream, message by message. Arrow's own reader takes a stream that stops for one
 * that ends, and believes whatever length it reads: here a stream ends with its end-of-stream mark
 * and nothing after it, and lengths are checked before memory is taken. Used by one thread at a
 * time.
 */
final class ArrowStream implements Closeable {

  private static final int CONTINUATION = -1;
  private static final int LARGEST_METADATA = 16 << 20;
  private static final int COPY = 64 << 10;

  /** As deep as {@link TypeText} reads types. */
  private static final int DEEPEST = 64;

  private static final int MOST_FIELDS = 100_000;

  private final InputStream in;
  private final BufferAllocator allocator;
  private final long largestBody;
  private final String purpose;
  private final byte[] copy = new byte[COPY];

  /** Reads from {@code in}, which is closed with this. */
  ArrowStream(InputStream in, BufferAllocator allocator, long largestBody, String purpose) {
    this.in = in;
    this.allocator = allocator;
    this.largestBody = largestBody;
    this.purpose = purpose;
  }

  /** The stream's schema; to be called once, and first. */
  Schema schema() throws IOException {
    Message message = message().orElseThrow(() -> corrupt("has no schema"));
    if (message.headerType() != MessageHeader.Schema || message.bodyLength() != 0) {
      throw corrupt("does not begin with a schema");
    }
    requireModest(message);
    return MessageSerializer.deserializeSchema(message);
  }

  /** A field among others, below so many. */
  private record Nested(Field field, int depth) {}

  /**
   * Arrow reads fields by recursion, each as often as it is referred to: what is nested too deep
   * would overflow the stack, and references that cross would never end.
   */
  private void requireModest(Message message) {
    org.apache.arrow.flatbuf.Schema schema =
        (org.apache.arrow.flatbuf.Schema) message.header(new org.apache.arrow.flatbuf.Schema());
    Deque<Nested> due = new ArrayDeque<>();
    for (int i = 0; i < schema.fieldsLength() && i <= MOST_FIELDS; i++) {
      due.push(new Nested(schema.fields(i), 1));
    }
    int fields = due.size();
    while (!due.isEmpty()) {
      Nested next = due.pop();
      int children = next.field().childrenLength();
      fields += Math.min(children, MOST_FIELDS);
      if (fields > MOST_FIELDS || (children > 0 && next.depth() == DEEPEST)) {
        throw corrupt("nests too deep, or has too many fields");
      }
      for (int i = 0; i < children; i++) {
        due.push(new Nested(next.field().children(i), next.depth() + 1));
      }
    }
  }

  /** The next batch, which the caller closes; empty once the end-of-stream mark was read. */
  Optional<ArrowRecordBatch> next() throws IOException {
    Optional<Message> message = message();
    if (message.isEmpty()) {
      if (in.read() >= 0) {
        throw corrupt("goes on after its end");
      }
      return Optional.empty();
    }
    if (message.get().headerType() != MessageHeader.RecordBatch) {
      throw corrupt("has something else than rows in it");
    }
    long length = message.get().bodyLength();
    if (length < 0 || length > largestBody) {
      throw corrupt("declares a batch of " + length + " bytes");
    }
    ArrowRecordBatch batch = batch(message.get(), length);
    requireSmall(batch);
    return Optional.of(batch);
  }

  private ArrowRecordBatch batch(Message message, long length) throws IOException {
    ArrowBuf body = allocator.buffer(length);
    try {
      read(body, length);
      return MessageSerializer.deserializeRecordBatch(message, body);
    } catch (IOException | RuntimeException e) {
      body.close(); // else it belongs to the batch now
      throw e;
    }
  }

  /** A vector without NULLs takes a bit for each value, whether or not the body holds any. */
  private void requireSmall(ArrowRecordBatch batch) {
    long bits = 0;
    for (ArrowFieldNode node : batch.getNodes()) {
      bits += node.getLength();
      if (node.getLength() < 0 || bits / Byte.SIZE > largestBody) {
        batch.close();
        throw corrupt("declares more values than fit into memory");
      }
    }
  }

  private void read(ArrowBuf body, long length) throws IOException {
    long at = 0;
    while (at < length) {
      int n = in.read(copy, 0, (int) Math.min(copy.length, length - at));
      if (n < 0) {
        throw corrupt("stops in the middle of a batch");
      }
      body.setBytes(at, copy, 0, n);
      at += n;
    }
    body.writerIndex(length);
  }

  /** Empty at the end-of-stream mark. */
  private Optional<Message> message() throws IOException {
    int length = integer();
    if (length == CONTINUATION) {
      length = integer(); // streams from before Arrow 0.15 have no such prefix
    }
    if (length == 0) {
      return Optional.empty();
    }
    if (length < 0 || length > LARGEST_METADATA) {
      throw corrupt("declares a message of " + length + " bytes");
    }
    byte[] metadata = in.readNBytes(length);
    if (metadata.length < length) {
      throw corrupt("stops in the middle of a message");
    }
    return Optional.of(Message.getRootAsMessage(ByteBuffer.wrap(metadata)));
  }

  private int integer() throws IOException {
    byte[] four = in.readNBytes(4);
    if (four.length < 4) {
      throw corrupt("stops without its end-of-stream mark");
    }
    return ByteBuffer.wrap(four).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private RuntimeException corrupt(String what) {
    return DatabricksErrors.incomplete(purpose, "a chunk's Arrow stream " + what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
