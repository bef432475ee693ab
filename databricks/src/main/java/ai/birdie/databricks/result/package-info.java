/** A statement's rows: chunks downloaded in parallel, decoded in order, and proved whole. */
@NullMarked
package ai.birdie.databricks.result;

import org.jspecify.annotations.NullMarked;
