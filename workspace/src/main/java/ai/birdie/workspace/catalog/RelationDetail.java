package ai.birdie.workspace.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What there is to say of a table or view.
 *
 * @param columns its columns in order
 * @param properties as TBLPROPERTIES set them
 * @param updatedAt when it was last written to, as far as that is known
 */
public record RelationDetail(
    List<ColumnDetail> columns, Map<String, String> properties, Instant updatedAt) {
  /**
   * A column.
   *
   * @param name its name
   * @param typeText its type as DDL has it, in lower case
   * @param typeName its type's name, without what is in brackets
   * @param json Spark's own form of it, with its type, nullability, and metadata
   * @param precision a decimal's digits; 0 for any other type
   * @param scale a decimal's digits after the point; 0 for any other type
   * @param nullable whether it may be NULL
   * @param comment empty where there is none
   */
  public record ColumnDetail(
      String name,
      String typeText,
      String typeName,
      String json,
      int precision,
      int scale,
      boolean nullable,
      String comment) {}

  public RelationDetail {
    columns = List.copyOf(columns);
    properties = Map.copyOf(properties);
  }
}
