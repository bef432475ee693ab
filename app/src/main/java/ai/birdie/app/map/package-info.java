/** Which of a table's columns hold a kind's fields: proposed by names and contents. */
@NullMarked
package ai.birdie.app.map;

import org.jspecify.annotations.NullMarked;
