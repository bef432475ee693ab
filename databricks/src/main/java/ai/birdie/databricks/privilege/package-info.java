/** Rights as Databricks grants them: on what, which, to whom, and the SQL that does it. */
@NullMarked
package ai.birdie.databricks.privilege;

import org.jspecify.annotations.NullMarked;
