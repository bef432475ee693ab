/**
 * A workspace without an engine: it answers with what was recorded, so that only clients are
 * measured.
 */
@NullMarked
package ai.birdie.bench.server;

import org.jspecify.annotations.NullMarked;
