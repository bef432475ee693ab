/** A workspace of a single table of a few rows, for commands to be rehearsed against. */
@NullMarked
package ai.birdie.app.rehearsal;

import org.jspecify.annotations.NullMarked;
