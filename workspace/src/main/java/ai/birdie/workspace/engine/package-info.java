@NullMarked
package ai.birdie.workspace.engine;

import org.jspecify.annotations.NullMarked;
