package ai.birdie.databricks.result;

import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.RunListener;
import ai.birdie.core.receipt.Proof;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.sql.Column;
import ai.birdie.databricks.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of one statement that came inline, as text, as the Arrow stream that they would be
 * otherwise. They are all here before the first batch is.
 */
public final class InlineReader extends BatchReader {

  private static final int BATCH_ROWS = 8192;

  private final Statement statement;
  private final List<List<Optional<String>>> rows;
  private final List<String> names;
  private final List<Column> columns;
  private final DecodedHash hash;
  private final RunListener listener;
  private final TextValues values = new TextValues();
  private int next;
  private long bytes;
  private boolean ended;

  /**
   * Gives out {@code rows}.
   *
   * @param names what was selected, in order
   * @param columns of which types the values are, where they are not text
   * @param hash of the rows as they are decoded
   * @throws ai.birdie.core.error.IncompleteException if the manifest declares something else than
   *     was selected
   */
  public InlineReader(
      BufferAllocator allocator,
      Statement statement,
      List<List<Optional<String>>> rows,
      List<String> names,
      List<Column> columns,
      DecodedHash hash,
      RunListener listener) {
    super(allocator);
    this.statement = statement;
    this.rows = rows;
    this.names = List.copyOf(names);
    this.columns = List.copyOf(columns);
    this.hash = hash;
    this.listener = listener;
    ResultSchema.requireSelected(
        statement.manifest().columns(), names, statement.request().purpose());
  }

  @Override
  protected Schema readSchema() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.add(TypeText.field(names.get(i), columns.get(i)));
    }
    return new Schema(fields);
  }

  @Override
  public boolean loadNextBatch() throws java.io.IOException {
    prepareLoadNextBatch();
    List<List<Optional<String>>> batch =
        rows.subList(next, Math.min(rows.size(), next + BATCH_ROWS));
    if (batch.isEmpty()) {
      ended = true;
      return false;
    }
    VectorSchemaRoot root = getVectorSchemaRoot();
    root.allocateNew();
    long before = bytes;
    for (int column = 0; column < columns.size(); column++) {
      fill(root.getVector(column), column, batch);
    }
    root.setRowCount(batch.size());
    hash.check(root, statement.request().purpose());
    next += batch.size();
    listener.rowsRead(batch.size(), bytes - before);
    return true;
  }

  private void fill(FieldVector vector, int column, List<List<Optional<String>>> batch) {
    for (int row = 0; row < batch.size(); row++) {
      Optional<String> value = batch.get(row).get(column);
      if (value.isEmpty()) {
        vector.setNull(row);
        continue;
      }
      try {
        values.set(vector, row, value.get());
      } catch (RuntimeException e) {
        // without its cause, whose text would repeat the value
        throw DatabricksErrors.incomplete(
            statement.request().purpose(),
            "a value of the column "
                + columns.get(column).name()
                + " is none of the type "
                + columns.get(column).typeText());
      }
      bytes += value.get().length();
    }
  }

  @Override
  public Proof proof() {
    if (!ended) {
      throw DatabricksErrors.incomplete(
          statement.request().purpose(), "the rows were not read to their end");
    }
    return new Proof(statement.id(), rows.size(), bytes, statement.manifest().chunks().size());
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  /** Nothing: the statement was closed when its rows had come. */
  @Override
  protected void closeReadSource() {}
}
