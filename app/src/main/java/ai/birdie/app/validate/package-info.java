/** Checking a connection step by step, from its file to the rows that it would read. */
@NullMarked
package ai.birdie.app.validate;

import org.jspecify.annotations.NullMarked;
