@NullMarked
package ai.birdie.workspace.statement;

import org.jspecify.annotations.NullMarked;
