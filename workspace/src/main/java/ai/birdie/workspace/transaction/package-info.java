/** Transactions that are held open on request, so that they commit late. */
@NullMarked
package ai.birdie.workspace.transaction;

import org.jspecify.annotations.NullMarked;
