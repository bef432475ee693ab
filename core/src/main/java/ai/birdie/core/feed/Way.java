package ai.birdie.core.feed;

/** The ways in which a feed can be read, strongest first. */
public enum Way {
  /** Each change that the table's change data feed names, deletions among them. */
  CHANGES("changes"),
  /** Rows that the table's row tracking says were written since, at a pinned version. */
  TRACKED("version, rows tracked"),
  /** By the cursor, at a pinned version. */
  VERSION("version"),
  /** By the cursor, at whatever version each statement sees. */
  CURSOR("cursor");

  private final String label;

  Way(String label) {
    this.label = label;
  }

  /** The name in reports. */
  public String label() {
    return label;
  }

  /** Whether a run goes on from the version at which the last one read, whatever cursors say. */
  public boolean followsVersions() {
    return this == CHANGES || this == TRACKED;
  }
}
