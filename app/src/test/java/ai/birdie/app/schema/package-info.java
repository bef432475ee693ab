@NullMarked
package ai.birdie.app.schema;

import org.jspecify.annotations.NullMarked;
