/** A Databricks workspace in a box, in a process of its own. */
@NullMarked
package ai.birdie.workspace;

import org.jspecify.annotations.NullMarked;
