package ai.birdie.core.contract;

import static java.util.Objects.requireNonNull;

import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** A table's column, as it spells it. */
public record SourceColumn(String name, Shape shape) {

  public SourceColumn {
    requireNonNull(name);
    requireNonNull(shape);
  }

  /** The column that a batch's field holds. */
  public static SourceColumn of(Field field) {
    return new SourceColumn(field.getName(), shape(field.getType()));
  }

  private static Shape shape(ArrowType type) {
    return switch (type.getTypeID()) {
      case Utf8, LargeUtf8 -> Shape.TEXT;
      case Int -> Shape.WHOLE;
      case Decimal -> Shape.DECIMAL;
      case FloatingPoint -> Shape.FLOATING;
      case Bool -> Shape.TRUTH;
      case Date -> Shape.DATE;
      case Timestamp ->
          ((ArrowType.Timestamp) type).getTimezone() == null
              ? Shape.LOCAL_TIMESTAMP
              : Shape.TIMESTAMP;
      case Binary, LargeBinary, FixedSizeBinary -> Shape.BYTES;
      case Null -> Shape.NOTHING;
      default -> Shape.OTHER;
    };
  }
}
