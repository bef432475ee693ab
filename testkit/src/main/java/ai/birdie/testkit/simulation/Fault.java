package ai.birdie.testkit.simulation;

/** In what way a store is not what its source is. */
public enum Fault {
  /** The source has a record, and the store has not. */
  LOST("lost"),
  /** The store has a record more than once. */
  DOUBLED("doubled"),
  /** The store has a record as it is no longer. */
  STALE("stale"),
  /** The store has a record that the source has no longer. */
  GHOST("left over");

  private final String label;

  Fault(String label) {
    this.label = label;
  }

  /** The word for it in reports. */
  String label() {
    return label;
  }
}
