@NullMarked
package ai.birdie.databricks.network;

import org.jspecify.annotations.NullMarked;
