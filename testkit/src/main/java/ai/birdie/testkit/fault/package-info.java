/**
 * What networks, gateways, and storage do to traffic, done by request between client and server.
 */
@NullMarked
package ai.birdie.testkit.fault;

import org.jspecify.annotations.NullMarked;
