/** How fit a feed's cursor and key are: what the table holds, and what its history shows. */
@NullMarked
package ai.birdie.databricks.fitness;

import org.jspecify.annotations.NullMarked;
