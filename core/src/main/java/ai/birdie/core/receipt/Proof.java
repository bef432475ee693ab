package ai.birdie.core.receipt;

import static java.util.Objects.requireNonNull;

/**
 * What the source says that a window holds, given only by a reader that has seen all of it.
 *
 * @param statementId the one statement from which every row came
 * @param rows the rows that the source's manifest declares, which are also the rows that were
 *     decoded
 * @param bytes what was downloaded, as it came over the wire
 * @param chunks in how many parts the result came
 */
public record Proof(String statementId, long rows, long bytes, int chunks) {

  public Proof {
    requireNonNull(statementId);
    if (rows < 0 || bytes < 0 || chunks < 0) {
      throw new IllegalArgumentException("A count is not negative");
    }
  }
}
