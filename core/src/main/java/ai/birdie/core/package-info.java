@NullMarked
package ai.birdie.core;

import org.jspecify.annotations.NullMarked;
