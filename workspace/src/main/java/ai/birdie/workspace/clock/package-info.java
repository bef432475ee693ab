/** The workspace's own time. */
@NullMarked
package ai.birdie.workspace.clock;

import org.jspecify.annotations.NullMarked;
