package ai.birdie.core.receipt;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a window that was read again brought that no run had seen, and why, as far as a store can
 * tell.
 *
 * @param late rows that became visible only when their stamp had been read past
 * @param latest how long after its stamp the last of them was still not to be seen; no longer than
 *     runs look back
 * @param beyond those of them that came later than runs look back
 * @param unmoved rows that had changed and kept their stamp
 */
public record Missed(long late, Duration latest, long beyond, long unmoved) {

  /** Nothing. */
  public static final Missed NONE = new Missed(0, Duration.ZERO, 0, 0);

  public Missed {
    requireNonNull(latest);
    if (late < 0 || beyond < 0 || beyond > late || unmoved < 0) {
      throw new IllegalArgumentException(
          "A count of rows is not negative, and a part no more than all");
    }
  }

  /** What both brought. */
  public Missed plus(Missed other) {
    return new Missed(
        late + other.late,
        latest.compareTo(other.latest) < 0 ? other.latest : latest,
        beyond + other.beyond,
        unmoved + other.unmoved);
  }
}
