/** Who may do what: principals, their tokens, and what was granted to them. */
@NullMarked
package ai.birdie.workspace.access;

import org.jspecify.annotations.NullMarked;
