/** The vendor's own clients against the local workspace. */
@NullMarked
package ai.birdie.clients;

import org.jspecify.annotations.NullMarked;
