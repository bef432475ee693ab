/** A kind of record as others can use it: as JSON, as a JSON Schema, as a table's definition. */
@NullMarked
package ai.birdie.app.schema;

import org.jspecify.annotations.NullMarked;
