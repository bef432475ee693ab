/** The demonstration: a whole pipeline on this machine, with sample data, in under a minute. */
@NullMarked
package ai.birdie.app.demo;

import org.jspecify.annotations.NullMarked;
