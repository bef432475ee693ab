/** What an administrator runs so that a connection may read its table, and nothing else. */
@NullMarked
package ai.birdie.app.grants;

import org.jspecify.annotations.NullMarked;
