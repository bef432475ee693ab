package ai.birdie.testkit.simulation;

import ai.birdie.core.ingest.BatchReader;
import ai.birdie.testkit.FeedbackRow;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A batch of {@code RowBatches}, as rows again. */
final class FeedbackColumns {

  private final VarCharVector key;
  private final VarCharVector text;
  private final IntVector rating;
  private final BigIntVector cursor;
  private final BigIntVector hash;
  private final Optional<IntVector> change;

  FeedbackColumns(VectorSchemaRoot root) {
    this.key = (VarCharVector) root.getVector("feedback_id");
    this.text = (VarCharVector) root.getVector("text");
    this.rating = (IntVector) root.getVector("rating");
    this.cursor = (BigIntVector) root.getVector(BatchReader.CURSOR);
    this.hash = (BigIntVector) root.getVector(BatchReader.ROW_HASH);
    this.change = Optional.ofNullable((IntVector) root.getVector(BatchReader.CHANGE));
  }

  FeedbackRow row(int i) {
    return new FeedbackRow(
        key.isNull(i) ? Optional.empty() : Optional.of(utf8(key, i)),
        utf8(text, i),
        rating.get(i),
        cursor.isNull(i) ? Optional.empty() : Optional.of(cursor.get(i)));
  }

  long hash(int i) {
    return hash.get(i);
  }

  /** 1 for a row that came, -1 for one that went. */
  int copies(int i) {
    return change.map(vector -> vector.get(i)).orElse(1);
  }

  private static String utf8(VarCharVector vector, int i) {
    return new String(vector.get(i), StandardCharsets.UTF_8);
  }
}
