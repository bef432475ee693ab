/** The tables that a workspace starts with: made up from a seed, or read from files. */
@NullMarked
package ai.birdie.workspace.sample;

import org.jspecify.annotations.NullMarked;
