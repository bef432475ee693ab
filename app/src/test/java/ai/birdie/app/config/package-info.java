@NullMarked
package ai.birdie.app.config;

import org.jspecify.annotations.NullMarked;
