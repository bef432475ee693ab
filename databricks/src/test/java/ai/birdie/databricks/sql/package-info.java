@NullMarked
package ai.birdie.databricks.sql;

import org.jspecify.annotations.NullMarked;
