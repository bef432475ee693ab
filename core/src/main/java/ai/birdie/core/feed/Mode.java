package ai.birdie.core.feed;

import java.util.Locale;

/** How the changes of a feed's table are to be found, as the connection file asks. */
public enum Mode {
  /** By the strongest way that the table allows. */
  AUTO,
  /** By the table's change data feed. */
  CHANGES,
  /** At pinned versions of the table, and by its row tracking where that is on. */
  VERSION,
  /** By the cursor alone. */
  CURSOR;

  /** The word of the connection file. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
