@NullMarked
package ai.birdie.databricks.statement;

import org.jspecify.annotations.NullMarked;
