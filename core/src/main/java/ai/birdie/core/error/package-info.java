/** What can go wrong, sorted by what the reader of the message should do. */
@NullMarked
package ai.birdie.core.error;

import org.jspecify.annotations.NullMarked;
