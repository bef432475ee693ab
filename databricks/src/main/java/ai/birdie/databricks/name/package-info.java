/** Names and texts in SQL: the one place where they are quoted. */
@NullMarked
package ai.birdie.databricks.name;

import org.jspecify.annotations.NullMarked;
