@NullMarked
package ai.birdie.duckdb;

import org.jspecify.annotations.NullMarked;
