/** What a table's columns hold, by a bounded look at its rows. */
@NullMarked
package ai.birdie.databricks.sample;

import org.jspecify.annotations.NullMarked;
