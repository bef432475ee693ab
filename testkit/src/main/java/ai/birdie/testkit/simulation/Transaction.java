package ai.birdie.testkit.simulation;

/**
 * A statement that writes.
 *
 * @param start when it began, in microseconds since 1970: rows are stamped with that
 * @param commit when what it wrote became visible
 */
record Transaction(Writer writer, long start, long commit) {}
