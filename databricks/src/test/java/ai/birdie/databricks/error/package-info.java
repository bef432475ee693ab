@NullMarked
package ai.birdie.databricks.error;

import org.jspecify.annotations.NullMarked;
