@NullMarked
package ai.birdie.workspace.rest;

import org.jspecify.annotations.NullMarked;
