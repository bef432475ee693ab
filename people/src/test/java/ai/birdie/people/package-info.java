@NullMarked
package ai.birdie.people;

import org.jspecify.annotations.NullMarked;
