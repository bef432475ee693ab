package ai.birdie.testkit.simulation;

/**
 * One record by which the store differs from the source.
 *
 * @param record by which the two tell it
 * @param lateness of the source's row, as {@link Scenario#lateness}; 0 where the source has none
 */
record Finding(Fault fault, Identity record, long lateness) {}
