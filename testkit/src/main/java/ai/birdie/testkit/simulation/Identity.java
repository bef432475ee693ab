package ai.birdie.testkit.simulation;

/** By what the store tells a record from every other: one row is current for each identity. */
sealed interface Identity {

  /** A record with a key. */
  record Keyed(String key) implements Identity {}

  /** A row without a key: the so-many-th with that content. */
  record Keyless(long hash, int ordinal) implements Identity {}
}
