/** Where this module may connect to: by name, and by address. */
@NullMarked
package ai.birdie.databricks.network;

import org.jspecify.annotations.NullMarked;
