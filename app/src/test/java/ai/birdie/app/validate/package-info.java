@NullMarked
package ai.birdie.app.validate;

import org.jspecify.annotations.NullMarked;
