/** What Databricks SQL has and Spark SQL has not: the workspace's own statements. */
@NullMarked
package ai.birdie.workspace.dialect;

import org.jspecify.annotations.NullMarked;
