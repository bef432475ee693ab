/** The command line's start, and the only wiring. */
@NullMarked
package ai.birdie.app;

import org.jspecify.annotations.NullMarked;
