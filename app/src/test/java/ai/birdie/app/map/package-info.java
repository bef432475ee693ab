@NullMarked
package ai.birdie.app.map;

import org.jspecify.annotations.NullMarked;
