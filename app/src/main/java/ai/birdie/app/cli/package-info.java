/** The commands, one class each, and how they speak to people and to programs. */
@NullMarked
package ai.birdie.app.cli;

import org.jspecify.annotations.NullMarked;
