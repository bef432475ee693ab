@NullMarked
package ai.birdie.workspace.catalog;

import org.jspecify.annotations.NullMarked;
