package ai.birdie.core.contract;

import ai.birdie.core.kind.FieldType;

/** Whether a column's values can be a field's. */
public enum Fit {
  ALWAYS,
  SOMETIMES,
  NEVER;

  static Fit of(FieldType type, Shape shape, boolean counted) {
    if (shape == Shape.NOTHING) {
      return ALWAYS;
    }
    return switch (type) {
      case TEXT -> asText(shape);
      case TIMESTAMP -> asTime(shape, counted);
      case NUMBER -> asNumber(shape);
      case INTEGER -> asNumber(shape) == NEVER ? NEVER : SOMETIMES;
    };
  }

  private static Fit asText(Shape shape) {
    return switch (shape) {
      case TEXT, WHOLE, DECIMAL, TRUTH -> ALWAYS;
      case FLOATING, BYTES -> SOMETIMES;
      default -> NEVER;
    };
  }

  private static Fit asTime(Shape shape, boolean counted) {
    return switch (shape) {
      case TIMESTAMP, LOCAL_TIMESTAMP, DATE -> ALWAYS;
      case TEXT -> SOMETIMES;
      case WHOLE -> counted ? SOMETIMES : NEVER;
      default -> NEVER;
    };
  }

  private static Fit asNumber(Shape shape) {
    return switch (shape) {
      case WHOLE, DECIMAL -> ALWAYS;
      case TEXT, FLOATING -> SOMETIMES;
      default -> NEVER;
    };
  }
}
