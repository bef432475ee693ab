/** Statements and their results, from submission until they are forgotten. */
@NullMarked
package ai.birdie.workspace.statement;

import org.jspecify.annotations.NullMarked;
