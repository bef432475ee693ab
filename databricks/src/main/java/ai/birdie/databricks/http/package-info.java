/**
 * Two clients that know nothing of each other: one for the workspace, with credentials, and one for
 * links, without.
 */
@NullMarked
package ai.birdie.databricks.http;

import org.jspecify.annotations.NullMarked;
