/** Faults that strike calls on request: which, how often, and what they do. */
@NullMarked
package ai.birdie.workspace.fault;

import org.jspecify.annotations.NullMarked;
