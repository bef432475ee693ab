package ai.birdie.databricks.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.databricks.sql.Column;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row hashes computed anew; {@code TypesIT} holds them against a warehouse's, for every type. */
final class DecodedHashTest {

  private final BufferAllocator allocator = new RootAllocator();
  private final VarCharVector text = new VarCharVector("text", allocator);
  private final Float8Vector share = new Float8Vector("share", allocator);
  private final BigIntVector hash = new BigIntVector(BatchReader.ROW_HASH, allocator);
  private final VectorSchemaRoot batch = VectorSchemaRoot.of(text, share, hash);

  @AfterEach
  void free() {
    batch.close();
    allocator.close();
  }

  /** Source: the example of Spark's documentation, xxhash64('Spark', array(123), 2). */
  @Test
  void hashesAsSparkDoes() {
    long first = XxHash64.of("Spark".getBytes(UTF_8), XxHash64.SEED);
    assertThat(XxHash64.of(2, XxHash64.of(123, first))).isEqualTo(5602566077635097486L);
  }

  @Test
  void findsOneByteThatWasDecodedWronglyInASmallBatch() {
    DecodedHash decoded = decoded("STRING", "DOUBLE");
    fill(10);
    for (int row = 0; row < 10; row++) {
      hash.set(row, decoded.of(batch, row).orElseThrow());
    }
    assertThatCode(() -> decoded.check(batch, "read t")).doesNotThrowAnyException();

    text.set(7, "row x".getBytes(UTF_8));
    assertThatThrownBy(() -> decoded.check(batch, "read t"))
        .isInstanceOf(IncompleteException.class)
        .hasMessageContaining("read t")
        .hasMessageNotContaining("row x");
  }

  @Test
  void findsAShiftOfAllRowsInALargeBatch() {
    DecodedHash decoded = decoded("STRING", "DOUBLE");
    fill(5_000);
    for (int row = 0; row < 5_000; row++) {
      hash.set(row, decoded.of(batch, Math.min(4_999, row + 1)).orElseThrow());
    }
    assertThatThrownBy(() -> decoded.check(batch, "read t"))
        .isInstanceOf(IncompleteException.class);
  }

  @Test
  void leavesOutRowsOfWhichItCannotTell() {
    fill(3);
    share.set(1, Double.NaN);
    share.set(2, -0.0);
    DecodedHash numbers = decoded("STRING", "DOUBLE");
    assertThat(numbers.of(batch, 0)).isPresent();
    assertThat(numbers.of(batch, 1)).isEmpty();
    assertThat(numbers.of(batch, 2)).isEmpty();
    for (String type :
        List.of("VARIANT", "STRING COLLATE UTF8_LCASE", "INTERVAL", "MAP<INT,INT>")) {
      assertThat(decoded(type, "DOUBLE").of(batch, 0)).as(type).isEmpty();
    }
    text.setNull(0);
    assertThat(decoded("VARIANT", "DOUBLE").of(batch, 0)).as("NULL has no part").isPresent();
  }

  private static DecodedHash decoded(String text, String share) {
    return new DecodedHash(List.of(new Column("text", text), new Column("share", share)));
  }

  private void fill(int rows) {
    text.allocateNew(rows);
    share.allocateNew(rows);
    hash.allocateNew(rows);
    for (int row = 0; row < rows; row++) {
      text.setSafe(row, ("row " + row % 10).getBytes(UTF_8));
      share.set(row, row / 7.0);
    }
    batch.setRowCount(rows);
  }
}
