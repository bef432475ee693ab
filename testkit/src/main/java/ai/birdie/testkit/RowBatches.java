package ai.birdie.testkit;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.receipt.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows as a window's stream, in batches of a few, with a failure at the end if one is wanted. */
public final class RowBatches extends BatchReader {

  private static final List<Field> COLUMNS =
      List.of(
          Field.nullable("feedback_id", new ArrowType.Utf8()),
          Field.nullable("text", new ArrowType.Utf8()),
          Field.nullable("rating", new ArrowType.Int(32, true)),
          Field.nullable("updated_at", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")),
          Field.nullable(CURSOR, new ArrowType.Int(64, true)),
          Field.nullable(ROW_HASH, new ArrowType.Int(64, true)));

  private static final Field CHANGED = Field.nullable(CHANGE, new ArrowType.Int(32, true));

  private static final int ROWS_A_BATCH = 10;

  private final List<FeedbackRow> rows;
  private final Optional<List<Integer>> copies;
  private final long declared;
  private final Optional<BirdieException> failure;
  private final Runnable beforeEachBatch;
  private int next;
  private boolean finished;

  private RowBatches(
      BufferAllocator allocator,
      List<FeedbackRow> rows,
      Optional<List<Integer>> copies,
      long declared,
      Optional<BirdieException> failure,
      Runnable beforeEachBatch) {
    super(allocator);
    this.rows = List.copyOf(rows);
    this.copies = copies;
    this.declared = declared;
    this.failure = failure;
    this.beforeEachBatch = beforeEachBatch;
  }

  /** A stream of these rows. */
  public static RowBatches of(BufferAllocator allocator, List<FeedbackRow> rows) {
    return of(allocator, rows, () -> {});
  }

  /** A stream of these rows that first does something whenever a batch is asked for. */
  public static RowBatches of(
      BufferAllocator allocator, List<FeedbackRow> rows, Runnable beforeEachBatch) {
    return new RowBatches(
        allocator, rows, Optional.empty(), rows.size(), Optional.empty(), beforeEachBatch);
  }

  /** A stream of a change feed's events that first does something whenever a batch is asked for. */
  public static RowBatches ofChanges(
      BufferAllocator allocator, List<RowChange> events, Runnable beforeEachBatch) {
    List<FeedbackRow> rows = events.stream().map(RowChange::row).toList();
    List<Integer> copies = events.stream().map(RowChange::copies).toList();
    return new RowBatches(
        allocator, rows, Optional.of(copies), rows.size(), Optional.empty(), beforeEachBatch);
  }

  /** A stream of these rows whose source declares another number of them. */
  public static RowBatches declaring(
      BufferAllocator allocator, List<FeedbackRow> rows, long declared) {
    return new RowBatches(allocator, rows, Optional.empty(), declared, Optional.empty(), () -> {});
  }

  /** A stream of these rows that then fails instead of ending. */
  public static RowBatches failing(
      BufferAllocator allocator, List<FeedbackRow> rows, BirdieException failure) {
    return new RowBatches(
        allocator, rows, Optional.empty(), rows.size(), Optional.of(failure), () -> {});
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    beforeEachBatch.run();
    if (next == rows.size()) {
      if (failure.isPresent()) {
        throw failure.get();
      }
      finished = true;
      return false;
    }
    prepareLoadNextBatch();
    List<FeedbackRow> batch = rows.subList(next, Math.min(rows.size(), next + ROWS_A_BATCH));
    fill(getVectorSchemaRoot(), batch);
    if (copies.isPresent()) {
      fillChanges(getVectorSchemaRoot(), copies.get().subList(next, next + batch.size()));
    }
    next += batch.size();
    return true;
  }

  @Override
  public Proof proof() {
    if (!finished) {
      throw new IncompleteException("The stream was not read to its end", "Read it");
    }
    return new Proof("statement-" + rows.hashCode(), declared, 0, 1);
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    List<Field> fields = new ArrayList<>(COLUMNS);
    copies.ifPresent(all -> fields.add(CHANGED));
    return new Schema(fields);
  }

  private static void fillChanges(VectorSchemaRoot root, List<Integer> batch) {
    IntVector changes = (IntVector) root.getVector(CHANGE);
    for (int i = 0; i < batch.size(); i++) {
      changes.setSafe(i, batch.get(i));
    }
  }

  private static void fill(VectorSchemaRoot root, List<FeedbackRow> batch) {
    root.getFieldVectors().forEach(vector -> vector.setInitialCapacity(batch.size()));
    root.allocateNew();
    for (int i = 0; i < batch.size(); i++) {
      FeedbackRow row = batch.get(i);
      int at = i;
      row.id().ifPresent(id -> ((VarCharVector) root.getVector(0)).setSafe(at, utf8(id)));
      ((VarCharVector) root.getVector(1)).setSafe(i, utf8(row.text()));
      ((IntVector) root.getVector(2)).setSafe(i, row.rating());
      row.position()
          .ifPresent(position -> {
            ((TimeStampMicroTZVector) root.getVector(3)).setSafe(at, position);
            ((BigIntVector) root.getVector(4)).setSafe(at, position);
          });
      ((BigIntVector) root.getVector(5)).setSafe(i, row.hash());
    }
    root.setRowCount(batch.size());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
