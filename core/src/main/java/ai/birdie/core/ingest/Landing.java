package ai.birdie.core.ingest;

import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Total;

/**
 * One window on its way into the store: land, then commit once; or close, as if it had never
 * happened.
 */
public interface Landing extends AutoCloseable {

  /**
   * Takes every row of the reader, in one pass, and judges it by the feed's contract. Does not
   * close the reader.
   *
   * @return all rows that were read
   */
  Total land(BatchReader batches);

  /**
   * Makes rows, quarantine, coverage, and receipt durable in one transaction.
   *
   * @param proof what the source declares of the window
   * @param control what the source says apart from it
   * @throws ai.birdie.core.error.IncompleteException if the receipt would not balance; nothing is
   *     landed then
   */
  Receipt commit(Proof proof, Control control);

  /** Undoes whatever was not committed. */
  @Override
  void close();
}
