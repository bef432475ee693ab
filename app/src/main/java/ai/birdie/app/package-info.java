@NullMarked
package ai.birdie.app;

import org.jspecify.annotations.NullMarked;
