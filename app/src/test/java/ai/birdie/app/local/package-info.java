@NullMarked
package ai.birdie.app.local;

import org.jspecify.annotations.NullMarked;
