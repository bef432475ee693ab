/** Every message that this module gives to people, in one place. */
@NullMarked
package ai.birdie.databricks.error;

import org.jspecify.annotations.NullMarked;
