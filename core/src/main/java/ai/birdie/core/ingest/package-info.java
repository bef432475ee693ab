/**
 * The one loop, and the two ports between which it carries rows: {@code Source} and {@code Store}.
 */
@NullMarked
package ai.birdie.core.ingest;

import org.jspecify.annotations.NullMarked;
