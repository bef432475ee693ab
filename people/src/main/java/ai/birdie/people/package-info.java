/** Personal data in free text: what is one, where it stands, and the text without it. */
@NullMarked
package ai.birdie.people;

import org.jspecify.annotations.NullMarked;
