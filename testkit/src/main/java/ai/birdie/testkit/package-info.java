@NullMarked
package ai.birdie.testkit;

import org.jspecify.annotations.NullMarked;
