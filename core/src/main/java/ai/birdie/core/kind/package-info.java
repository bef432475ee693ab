/** What a row is: the kinds of record, their fields and keys, as data. */
@NullMarked
package ai.birdie.core.kind;

import org.jspecify.annotations.NullMarked;
