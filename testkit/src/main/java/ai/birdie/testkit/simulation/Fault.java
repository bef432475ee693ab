package ai.birdie.testkit.simulation;

/** In what way a store is not what its source is. */
public enum Fault {
  /** The source has a record, and the store has not. */
  LOST,
  /** The store has a record more than once. */
  DOUBLED,
  /** The store has a record as it is no longer. */
  STALE,
  /** The store has a record that the source has no longer. */
  GHOST
}
