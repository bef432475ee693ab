/** The names of catalogs, schemas, tables, and views, and how Spark finds them. */
@NullMarked
package ai.birdie.workspace.catalog;

import org.jspecify.annotations.NullMarked;
