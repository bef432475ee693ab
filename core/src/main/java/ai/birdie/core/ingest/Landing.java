package ai.birdie.core.ingest;

import ai.birdie.core.receipt.Proof;
import ai.birdie.core.receipt.Receipt;

/**
 * One window on its way into the store: land, then commit once; or close, as if it had never
 * happened.
 */
public interface Landing extends AutoCloseable {

  /**
   * Takes every row of the reader, in one pass, and judges it by the feed's contract. Does not
   * close the reader.
   */
  void land(BatchReader batches);

  /**
   * Makes rows, quarantine, coverage, and receipt durable in one transaction.
   *
   * @param proof what the source declares of the window
   * @throws ai.birdie.core.error.IncompleteException if the receipt would not balance; nothing is
   *     landed then
   */
  Receipt commit(Proof proof);

  /** Undoes whatever was not committed. */
  @Override
  void close();
}
