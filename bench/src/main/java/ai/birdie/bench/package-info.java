/** Benchmarks of whole processes, seen from outside. */
@NullMarked
package ai.birdie.bench;

import org.jspecify.annotations.NullMarked;
