/** The local Databricks workspace as a process of ours: started, spoken to, and ended. */
@NullMarked
package ai.birdie.app.local;

import org.jspecify.annotations.NullMarked;
