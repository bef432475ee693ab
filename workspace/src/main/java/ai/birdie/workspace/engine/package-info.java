/** Spark SQL with Delta in this process, and how it runs a statement for a principal. */
@NullMarked
package ai.birdie.workspace.engine;

import org.jspecify.annotations.NullMarked;
