@NullMarked
package ai.birdie.workspace.sample;

import org.jspecify.annotations.NullMarked;
