/**
 * A store in one DuckDB file.
 *
 * <p>{@link ai.birdie.duckdb.DuckStore} is the way in: it takes windows, and {@link
 * ai.birdie.duckdb.StoreReader} answers questions. The schema {@code landing} holds a table per
 * feed's history, {@code birdie} what is known of them, and {@code main} the views for people.
 */
@NullMarked
package ai.birdie.duckdb;

import org.jspecify.annotations.NullMarked;
