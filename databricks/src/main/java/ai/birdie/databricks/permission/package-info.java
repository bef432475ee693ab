/** Reading who may do what in a workspace, as far as it tells. */
@NullMarked
package ai.birdie.databricks.permission;

import org.jspecify.annotations.NullMarked;
