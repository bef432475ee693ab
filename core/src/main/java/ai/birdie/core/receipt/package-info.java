/** The proof: what the source held in a window, and what became of each of its rows. */
@NullMarked
package ai.birdie.core.receipt;

import org.jspecify.annotations.NullMarked;
