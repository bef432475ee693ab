/** Rows that are the same in every process, and files that hold them. */
@NullMarked
package ai.birdie.bench.recording;

import org.jspecify.annotations.NullMarked;
