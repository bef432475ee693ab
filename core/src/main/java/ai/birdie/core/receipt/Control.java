package ai.birdie.core.receipt;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * A window held against what the source says of it.
 *
 * @param asked the answer that decided
 */
public record Control(ControlTotal asked, Standing standing) {

  /** What the control query has shown. */
  public enum Standing {
    /** The rows of the window are those that the source holds, by count and by sum of hashes. */
    PROVED,
    /** The source held others whenever it was asked: it changes, or gives other rows each time. */
    UNPROVED;

    /** The name in reports. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Control {
    requireNonNull(asked);
    requireNonNull(standing);
  }
}
