/** Parts by themselves, by JMH: {@code bench/run jmh}. */
@NullMarked
package ai.birdie.bench.micro;

import org.jspecify.annotations.NullMarked;
