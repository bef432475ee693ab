/**
 * A statement's life, in the words of the API: submitted, polled, finished, its chunks and their
 * links.
 */
@NullMarked
package ai.birdie.databricks.statement;

import org.jspecify.annotations.NullMarked;
