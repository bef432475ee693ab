@NullMarked
package ai.birdie.databricks;

import org.jspecify.annotations.NullMarked;
