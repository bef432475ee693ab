@NullMarked
package ai.birdie.databricks.result;

import org.jspecify.annotations.NullMarked;
