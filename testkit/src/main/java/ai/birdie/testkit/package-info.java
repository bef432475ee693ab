/** Contract suites for the ports of core, and what tests need to drive them. */
@NullMarked
package ai.birdie.testkit;

import org.jspecify.annotations.NullMarked;
