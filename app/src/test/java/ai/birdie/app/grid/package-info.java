/** What becomes of a run when something fails, for every fault and every step. */
@NullMarked
package ai.birdie.app.grid;

import org.jspecify.annotations.NullMarked;
