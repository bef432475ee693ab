package ai.birdie.databricks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.IncompleteException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

final class ArrowStreamTest {

  private static final long MIB = 1 << 20;
  private static final long SEED = Long.getLong("birdie.seed", System.nanoTime());

  @Test
  void readsAllBatches() throws IOException {
    assertThat(rows(Arrows.stream(0, 3, 0, 5))).isEqualTo(8);
    assertThat(rows(Arrows.stream(0))).isZero();
  }

  @Test
  void refusesAStreamCutAtAnyByte() {
    byte[] whole = Arrows.stream(0, 4, 4);
    for (int cut = 0; cut < whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      assertThatThrownBy(() -> rows(part))
          .as("cut at byte %d of %d", cut, whole.length)
          .isInstanceOf(IncompleteException.class);
    }
  }

  @Test
  void refusesACompressedStreamCutAtAnyByte() {
    byte[] whole = Arrows.lz4(Arrows.stream(0, 4, 4), 400);
    for (int cut = 0; cut < whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      assertThatThrownBy(() -> rows(part))
          .as("cut at byte %d of %d", cut, whole.length)
          .isInstanceOfAny(IncompleteException.class, IOException.class);
    }
  }

  @Test
  void refusesBytesAfterTheEnd() {
    byte[] whole = Arrows.stream(0, 4);
    byte[] more = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> rows(more))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("after its end");
  }

  @Test
  void takesNoMemoryForALengthThatCannotBe() {
    byte[] huge = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(-1).array();
    ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(4, Integer.MAX_VALUE);
    assertThatThrownBy(() -> rows(huge)).isInstanceOf(IncompleteException.class);
    ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(4, -5);
    assertThatThrownBy(() -> rows(huge)).isInstanceOf(IncompleteException.class);
  }

  @Test
  void survivesDamageOfAnySort() {
    byte[] whole = Arrows.stream(0, 4, 4);
    Random random = new Random(SEED);
    for (int i = 0; i < 3_000; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] = (byte) random.nextInt(256);
      try {
        assertThat(rows(damaged)).as("seed %d", SEED).isBetween(0L, 1L << 32);
      } catch (IOException | RuntimeException e) {
        assertThat(String.valueOf(e.getMessage()))
            .as("seed %d, byte %d", SEED, at)
            .doesNotContain("leak");
      }
    }
  }

  @Test
  void readsManyFramesAndStopsAtABomb() throws IOException {
    byte[] stream = Arrows.stream(0, 100, 100, 100);
    assertThat(Arrows.lz4(stream, 300).length).isGreaterThan(18 * 15);
    assertThat(rows(Arrows.lz4(stream, 300))).isEqualTo(300);
    byte[] bomb = Arrows.lz4(new byte[(int) (4 * MIB)], (int) (4 * MIB));
    assertThat(bomb.length).isLessThan(100_000);
    assertThatThrownBy(() -> Decompression.of(new ByteArrayInputStream(bomb), MIB).readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("decompresses to more");
  }

  @Test
  void takesNoMoreThanBytesCanDecompressTo() {
    assertThat(Decompression.most(100, 8 * MIB)).isEqualTo(25_500);
    assertThat(Decompression.most(MIB, 8 * MIB)).isEqualTo(8 * MIB);
    assertThat(Decompression.most(Long.MAX_VALUE, 8 * MIB)).isEqualTo(8 * MIB);
    byte[] zeros = new byte[(int) (4 * MIB)];
    byte[] bomb = Arrows.lz4(zeros, zeros.length);
    assertThat(Decompression.most(bomb.length, 8 * MIB)).isGreaterThanOrEqualTo(zeros.length);
  }

  @Test
  void takesNoMemoryForABatchThatCannotCome() throws IOException {
    byte[] whole = Arrows.stream(0, 100);
    try (BufferAllocator allocator = new RootAllocator(64 * MIB);
        ArrowStream stream =
            new ArrowStream(new ByteArrayInputStream(whole), allocator, 1_000, "read a test")) {
      stream.schema();
      assertThatThrownBy(stream::next)
          .isInstanceOf(IncompleteException.class)
          .hasMessageContaining("declares a batch of");
      assertThat(allocator.getPeakMemoryAllocation()).isZero();
    }
  }

  @Test
  void takesNoMemoryForValuesThatAreNotThere() throws IOException {
    byte[] small = Arrows.claiming(Integer.MAX_VALUE);
    assertThat(small.length).isLessThan(1_000);
    assertThatThrownBy(() -> rows(small))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("more values");
  }

  /** Counts the rows as a reader would: bounds checked, memory freed. */
  private static long rows(byte[] body) throws IOException {
    long rows = 0;
    try (BufferAllocator allocator = new RootAllocator(64 * MIB);
        ArrowStream stream =
            new ArrowStream(
                Decompression.of(new ByteArrayInputStream(body), MIB),
                allocator,
                MIB,
                "read a test")) {
      Schema schema = stream.schema();
      try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
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
}
