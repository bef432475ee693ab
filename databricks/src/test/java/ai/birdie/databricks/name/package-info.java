@NullMarked
package ai.birdie.databricks.name;

import org.jspecify.annotations.NullMarked;
