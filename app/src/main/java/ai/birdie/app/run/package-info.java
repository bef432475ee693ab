/** Running the loop over connections: what is read, and what came of each feed. */
@NullMarked
package ai.birdie.app.run;

import org.jspecify.annotations.NullMarked;
