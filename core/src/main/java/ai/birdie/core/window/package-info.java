/** Planning: which part of a feed is read by which statement, and which parts are durable. */
@NullMarked
package ai.birdie.core.window;

import org.jspecify.annotations.NullMarked;
