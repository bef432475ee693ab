package ai.birdie.core.ingest;

import ai.birdie.core.receipt.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * One window's rows as one Arrow stream: the source's columns, renamed where they would clash, and
 * last the two that every row carries, {@link #CURSOR} and {@link #ROW_HASH}.
 *
 * <p>{@code loadNextBatch} fails rather than end early: a stream that ends was whole. Used by one
 * thread at a time, though not always by the same one. Whoever opened it closes it.
 */
public abstract class BatchReader extends ArrowReader {

  /** The row's position on the cursor's scale, a nullable int64. */
  public static final String CURSOR = "_cursor";

  /** The row's hash as the source computed it, an int64. */
  public static final String ROW_HASH = "_row_hash";

  /**
   * In windows of a change feed, and last: 1 where the row came, -1 where it went. A small integer.
   */
  public static final String CHANGE = "_change";

  protected BatchReader(BufferAllocator allocator) {
    super(allocator);
  }

  /**
   * What the source declares of the window.
   *
   * @throws ai.birdie.core.error.IncompleteException unless the stream was read to its end
   */
  public abstract Proof proof();

  /** Frees the stream's memory and whatever the source holds open for it; may be called again. */
  @Override
  public void close() {
    try {
      super.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
