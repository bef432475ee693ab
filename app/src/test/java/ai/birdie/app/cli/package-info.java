@NullMarked
package ai.birdie.app.cli;

import org.jspecify.annotations.NullMarked;
