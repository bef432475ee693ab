/** Spark sessions that act for a principal. */
@NullMarked
package ai.birdie.workspace.session;

import org.jspecify.annotations.NullMarked;
