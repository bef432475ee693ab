@NullMarked
package ai.birdie.workspace;

import org.jspecify.annotations.NullMarked;
