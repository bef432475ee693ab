@NullMarked
package ai.birdie.app.grants;

import org.jspecify.annotations.NullMarked;
