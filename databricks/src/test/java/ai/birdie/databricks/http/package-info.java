@NullMarked
package ai.birdie.databricks.http;

import org.jspecify.annotations.NullMarked;
