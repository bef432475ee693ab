/** What redaction finds in texts of one's own, and what it costs. */
@NullMarked
package ai.birdie.bench.people;

import org.jspecify.annotations.NullMarked;
