package ai.birdie.workspace.sample;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The sample rows of one kind: each is made from its number alone. */
interface Kind extends Serializable {
  /** The kind's id, which is its table's name. */
  String name();

  StructType schema();

  long rowCount();

  /** The row of that number, the same at every call. */
  Row row(long index);
}
