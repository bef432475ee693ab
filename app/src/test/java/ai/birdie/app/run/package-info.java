@NullMarked
package ai.birdie.app.run;

import org.jspecify.annotations.NullMarked;
