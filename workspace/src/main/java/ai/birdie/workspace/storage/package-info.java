/** The folders in which a workspace lives. */
@NullMarked
package ai.birdie.workspace.storage;

import org.jspecify.annotations.NullMarked;
