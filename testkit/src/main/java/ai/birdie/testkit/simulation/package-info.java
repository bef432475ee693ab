/**
 * The real planner and loop against a table that many writers change, on virtual time and from one
 * seed; and what it takes to judge them: a store in memory, an oracle, and the naive rules that
 * others follow.
 */
@NullMarked
package ai.birdie.testkit.simulation;

import org.jspecify.annotations.NullMarked;
