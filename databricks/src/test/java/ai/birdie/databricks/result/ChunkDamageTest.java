package ai.birdie.databricks.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.IncompleteException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults 10 and 37 of docs/reference/faults.md: whatever a chunk is made of, reading it ends, with
 * rows or with an exception that a reader knows, and takes and keeps no more memory than it may.
 */
final class ChunkDamageTest {

  private static final int MIB = 1 << 20;
  private static final int MUTATIONS = 4_000;
  private static final long SEED = Long.getLong("birdie.seed", System.nanoTime());

  private static final Schema NESTED =
      new Schema(
          List.of(
              Field.nullable("id", new ArrowType.Int(64, true)),
              Field.nullable("text", ArrowType.Utf8.INSTANCE),
              new Field(
                  "numbers",
                  FieldType.nullable(ArrowType.List.INSTANCE),
                  List.of(Field.nullable("element", new ArrowType.Int(64, true)))),
              new Field(
                  "pair",
                  FieldType.nullable(ArrowType.Struct.INSTANCE),
                  List.of(
                      Field.nullable("a", new ArrowType.Int(64, true)),
                      Field.nullable("b", ArrowType.Utf8.INSTANCE)))));

  @BeforeAll
  static void tellTheSeed() {
    System.out.println("ChunkDamageTest: -Dbirdie.seed=" + SEED);
  }

  @Test
  void readsItsOwnFiles() throws IOException {
    assertThat(rows(nested(3, 7))).isEqualTo(10);
    assertThat(rows(Arrows.lz4(nested(3, 7), 300))).isEqualTo(10);
  }

  @Test
  void survivesMutations() {
    Random random = new Random(SEED);
    byte[] plain = nested(3, 7);
    List<byte[]> files = List.of(plain, Arrows.lz4(plain, 300), Arrows.stream(0, 4, 4));
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutated(files.get(i % files.size()), random);
      assertThatCode(() -> readOrRefuse(mutated))
          .as("mutation %d of seed %d", i, SEED)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void refusesAFileThatIsCutAnywhere() {
    byte[] plain = nested(3, 7);
    for (byte[] whole : List.of(plain, Arrows.lz4(plain, 300))) {
      for (int cut = 0; cut < whole.length; cut++) {
        byte[] part = Arrays.copyOf(whole, cut);
        assertThatThrownBy(() -> rows(part))
            .as("cut at byte %d of %d", cut, whole.length)
            .isInstanceOfAny(IncompleteException.class, IOException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARROW1", "<html>", "PAR1", "\u001f\u008b", "{\"a\": 1}", "\0\0\0\0"})
  void refusesAnotherMagicNumber(String magic) {
    byte[] file = nested(3, 7);
    byte[] other = magic.getBytes(UTF_8);
    System.arraycopy(other, 0, file, 0, other.length);
    assertThatThrownBy(() -> rows(file)).isInstanceOf(IncompleteException.class);
  }

  /** Every word of the file in turn says something absurd. */
  @Test
  void survivesAbsurdLengths() {
    byte[] whole = nested(3, 7);
    for (int word : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 30}) {
      for (int at = 0; at + 4 <= whole.length; at += 4) {
        byte[] absurd = whole.clone();
        ByteBuffer.wrap(absurd).order(ByteOrder.LITTLE_ENDIAN).putInt(at, word);
        assertThatCode(() -> readOrRefuse(absurd))
            .as("%d at byte %d", word, at)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void refusesDictionaries() {
    assertThatThrownBy(() -> rows(withDictionary()))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("something else than rows");
  }

  @Test
  void readsNoRowsAndNoColumns() throws IOException {
    assertThat(rows(empty(new Schema(List.of())))).isZero();
    assertThat(rows(empty(NESTED))).isZero();
  }

  @Test
  void refusesWhatIsNestedTooDeep() throws IOException {
    assertThat(rows(empty(new Schema(List.of(lists(60)))))).isZero();
    assertThatThrownBy(() -> rows(empty(new Schema(List.of(lists(70))))))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("nests too deep");
  }

  @Test
  void stopsAtABombOfManyFrames() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    for (int i = 0; i < 64; i++) {
      try (LZ4FrameOutputStream frame = new LZ4FrameOutputStream(bomb)) {
        frame.write(new byte[MIB]);
      }
    }
    assertThat(bomb.size()).isLessThan(MIB);
    try (var in = Decompression.of(new ByteArrayInputStream(bomb.toByteArray()), 8L * MIB)) {
      assertThat(in.skip(8L * MIB)).isLessThanOrEqualTo(8L * MIB);
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("decompresses to more");
    }
  }

  /** One to eight bytes that are others, or a piece that is missing, doubled, or from elsewhere. */
  private static byte[] mutated(byte[] file, Random random) {
    byte[] bytes = file.clone();
    int from = random.nextInt(bytes.length);
    int length = random.nextInt(Math.min(64, bytes.length - from)) + 1;
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = random.nextInt(8); i >= 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
      case 1 ->
          System.arraycopy(file, random.nextInt(bytes.length - length + 1), bytes, from, length);
      case 2 -> bytes = joined(Arrays.copyOf(file, from), tail(file, from + length));
      default -> bytes = joined(Arrays.copyOf(file, from + length), tail(file, from));
    }
    return bytes;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  /** An error of the JVM, or memory that is not given back, is not a refusal. */
  private static void readOrRefuse(byte[] file) {
    try {
      rows(file);
    } catch (IOException | RuntimeException e) {
      assertThat(String.valueOf(e.getMessage())).doesNotContain("leak");
    }
  }

  /** Counts the rows as a reader would: bounds checked, memory bounded and freed. */
  private static long rows(byte[] file) throws IOException {
    long rows = 0;
    try (BufferAllocator allocator = new RootAllocator(16L * MIB);
        ArrowStream stream =
            new ArrowStream(
                Decompression.of(new ByteArrayInputStream(file), MIB),
                allocator,
                MIB,
                "read a test")) {
      try (VectorSchemaRoot root = VectorSchemaRoot.create(stream.schema(), allocator)) {
        Optional<ArrowRecordBatch> batch = stream.next();
        while (batch.isPresent()) {
          try (ArrowRecordBatch loaded = batch.get()) {
            new VectorLoader(root).load(loaded);
            Bounds.check(root.getFieldVectors(), root.getRowCount());
            rows += root.getRowCount();
          }
          batch = stream.next();
        }
      }
    }
    return rows;
  }

  private static byte[] nested(int... batches) {
    return written(
        NESTED,
        (root, writer) -> {
          for (int rows : batches) {
            fill(root, rows);
            writer.writeBatch();
          }
        });
  }

  private static byte[] empty(Schema schema) {
    return written(schema, (root, writer) -> {});
  }

  private interface Filling {
    void write(VectorSchemaRoot root, ArrowStreamWriter writer) throws IOException;
  }

  private static byte[] written(Schema schema, Filling filling) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
        ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
      writer.start();
      filling.write(root, writer);
      writer.end();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(VectorSchemaRoot root, int rows) {
    root.allocateNew();
    BigIntVector id = (BigIntVector) root.getVector("id");
    VarCharVector text = (VarCharVector) root.getVector("text");
    StructVector pair = (StructVector) root.getVector("pair");
    BigIntVector a = (BigIntVector) pair.getChild("a");
    VarCharVector b = (VarCharVector) pair.getChild("b");
    UnionListWriter numbers = ((ListVector) root.getVector("numbers")).getWriter();
    for (int i = 0; i < rows; i++) {
      id.setSafe(i, i);
      text.setSafe(i, ("row " + i).getBytes(UTF_8));
      pair.setIndexDefined(i);
      a.setSafe(i, -i);
      b.setSafe(i, "b".repeat(i).getBytes(UTF_8));
      numbers.setPosition(i);
      numbers.startList();
      for (int j = 0; j < i; j++) {
        numbers.writeBigInt(j);
      }
      numbers.endList();
    }
    numbers.setValueCount(rows);
    root.setRowCount(rows);
  }

  private static Field lists(int depth) {
    Field field = Field.nullable("element", new ArrowType.Int(64, true));
    for (int i = 1; i < depth; i++) {
      field = new Field("element", FieldType.nullable(ArrowType.List.INSTANCE), List.of(field));
    }
    return field;
  }

  private static byte[] withDictionary() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BufferAllocator allocator = new RootAllocator();
        VarCharVector words = new VarCharVector("words", allocator);
        VarCharVector text = new VarCharVector("text", allocator)) {
      for (VarCharVector vector : List.of(words, text)) {
        vector.setSafe(0, "word".getBytes(UTF_8));
        vector.setValueCount(1);
      }
      Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(1, false, null));
      MapDictionaryProvider provider = new MapDictionaryProvider(dictionary);
      try (var encoded =
              (org.apache.arrow.vector.FieldVector) DictionaryEncoder.encode(text, dictionary);
          VectorSchemaRoot root =
              new VectorSchemaRoot(new ArrayList<>(List.of(encoded.getField())), List.of(encoded));
          ArrowStreamWriter writer =
              new ArrowStreamWriter(root, provider, Channels.newChannel(out))) {
        root.setRowCount(1);
        writer.start();
        writer.writeBatch();
        writer.end();
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
