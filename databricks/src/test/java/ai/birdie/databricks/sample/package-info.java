@NullMarked
package ai.birdie.databricks.sample;

import org.jspecify.annotations.NullMarked;
