@NullMarked
package ai.birdie.databricks.fitness;

import org.jspecify.annotations.NullMarked;
