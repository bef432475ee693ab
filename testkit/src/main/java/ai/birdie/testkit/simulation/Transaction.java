package ai.birdie.testkit.simulation;

/**
 * A statement that writes.
 *
 * @param start when it began, in microseconds since 1970: rows are stamped with that
 * @param commit when what it wrote became visible
 * @param batch how many rows it loads at once; 0 for one that makes a few changes
 */
record Transaction(Writer writer, long start, long commit, int batch) {}
