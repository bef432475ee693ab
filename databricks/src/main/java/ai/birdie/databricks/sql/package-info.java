/** The SQL that is sent: the only place where texts of statements are made. */
@NullMarked
package ai.birdie.databricks.sql;

import org.jspecify.annotations.NullMarked;
