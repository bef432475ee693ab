/**
 * A Source over Databricks' SQL Statement Execution API: what the rest of the product uses of it.
 */
@NullMarked
package ai.birdie.databricks;

import org.jspecify.annotations.NullMarked;
