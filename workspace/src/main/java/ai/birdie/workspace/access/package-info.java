@NullMarked
package ai.birdie.workspace.access;

import org.jspecify.annotations.NullMarked;
