/** The unit that is read, scheduled, and reported: one table or view of one kind of record. */
@NullMarked
package ai.birdie.core.feed;

import org.jspecify.annotations.NullMarked;
