/** Databricks' REST API over HTTP, in its own words. */
@NullMarked
package ai.birdie.workspace.rest;

import org.jspecify.annotations.NullMarked;
