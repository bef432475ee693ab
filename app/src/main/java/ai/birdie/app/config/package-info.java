/**
 * The connection file: read, checked against its schema, and understood, with every fault named.
 */
@NullMarked
package ai.birdie.app.config;

import org.jspecify.annotations.NullMarked;
