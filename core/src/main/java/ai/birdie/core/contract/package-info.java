/** What a kind's rows must satisfy, as rules that each engine interprets for itself. */
@NullMarked
package ai.birdie.core.contract;

import org.jspecify.annotations.NullMarked;
