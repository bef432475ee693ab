package ai.birdie.databricks.result;

import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.sql.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The schema of a result: named by the select list, typed by the first chunk where there is one and
 * by the manifest else, bound by position.
 */
final class ResultSchema {

  private final List<Column> columns;
  private final List<String> names;
  private final String purpose;

  /**
   * Of a result whose manifest declares {@code columns}.
   *
   * @param names what was selected
   * @throws ai.birdie.core.error.IncompleteException if the manifest declares something else
   */
  ResultSchema(List<Column> columns, List<String> names, String purpose) {
    this.columns = columns;
    this.names = names;
    this.purpose = purpose;
    requireSelected(columns, names, purpose);
  }

  /**
   * That a manifest declares what was selected, in order.
   *
   * @throws ai.birdie.core.error.IncompleteException if it declares something else
   */
  static void requireSelected(List<Column> columns, List<String> names, String purpose) {
    if (columns.size() != names.size()) {
      throw DatabricksErrors.incomplete(
          purpose, names.size() + " columns were selected, and " + columns.size() + " came");
    }
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equalsIgnoreCase(columns.get(i).name())) {
        throw DatabricksErrors.incomplete(
            purpose, "the column " + names.get(i) + " was selected, and another one came");
      }
    }
  }

  /** As the manifest declares it. */
  Schema declared() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.add(TypeText.field(names.get(i), columns.get(i)));
    }
    return new Schema(fields);
  }

  /**
   * As a chunk has it, with our names and UTC.
   *
   * @throws ai.birdie.core.error.IncompleteException if its columns are not those of the manifest
   */
  Schema actual(Schema chunk) {
    if (chunk.getFields().size() != columns.size()) {
      throw DatabricksErrors.incomplete(
          purpose,
          "a chunk has " + chunk.getFields().size() + " columns, the manifest " + columns.size());
    }
    List<Field> declared = declared().getFields();
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Field field = normal(names.get(i), chunk.getFields().get(i));
      if (field.getDictionary() != null || !agree(declared.get(i), field, columns.get(i))) {
        throw DatabricksErrors.incomplete(
            purpose,
            "the column "
                + columns.get(i).name()
                + " is declared as "
                + columns.get(i).typeText()
                + " and came as "
                + field.getType());
      }
      fields.add(new Field(names.get(i), FieldType.nullable(field.getType()), field.getChildren()));
    }
    return new Schema(fields);
  }

  /** Nested values may also come as JSON text, and intervals in three forms. */
  private static boolean agree(Field declared, Field actual, Column column) {
    ArrowType wanted = declared.getType();
    ArrowType got = actual.getType();
    if (wanted.equals(got)) {
      return true;
    }
    boolean text = got instanceof ArrowType.Utf8 || got instanceof ArrowType.LargeUtf8;
    if (wanted instanceof ArrowType.Utf8) {
      return text;
    }
    if (wanted instanceof ArrowType.Binary) {
      return got instanceof ArrowType.LargeBinary;
    }
    if (column.typeText().toUpperCase(Locale.ROOT).startsWith("INTERVAL")) {
      return text || got instanceof ArrowType.Interval || got instanceof ArrowType.Duration;
    }
    return wanted.isComplex() && (text || wanted.getTypeID() == got.getTypeID());
  }

  /** An instant is the same whatever zone the session has; one name for it keeps schemas equal. */
  private static Field normal(String name, Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Timestamp && ((ArrowType.Timestamp) type).getTimezone() != null) {
      type = new ArrowType.Timestamp(((ArrowType.Timestamp) type).getUnit(), "UTC");
    }
    List<Field> children =
        field.getChildren().stream().map(child -> normal(child.getName(), child)).toList();
    return new Field(
        name, new FieldType(field.isNullable(), type, field.getDictionary()), children);
  }
}
