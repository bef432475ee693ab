package ai.birdie.databricks.sql;

import ai.birdie.databricks.name.Identifiers;
import java.util.Locale;

/**
 * Expressions whose JSON text loses nothing of a column's value. As the API words them by itself,
 * timestamps come without their microseconds [databricks-api.md, 1.6].
 */
final class ExactText {

  private static final String JSON_OPTIONS =
      "map('ignoreNullFields', 'false', 'timestampFormat', "
          + Identifiers.literal("yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX")
          + ", 'timestampNTZFormat', "
          + Identifiers.literal("yyyy-MM-dd'T'HH:mm:ss.SSSSSS")
          + ")";

  private ExactText() {}

  /**
   * Whole numbers for times: days, months, or microseconds; base64 for bytes; JSON for what is
   * nested.
   */
  static String of(Column column) {
    String c = Identifiers.quote(column.name());
    String type = column.typeText().toUpperCase(Locale.ROOT).strip();
    String family = type.replaceFirst("[ (<].*", "");
    return switch (family) {
      case "TIMESTAMP", "TIMESTAMP_LTZ" -> "unix_micros(" + c + ")";
      case "TIMESTAMP_NTZ" -> localMicros(c);
      case "DATE" -> "unix_date(" + c + ")";
      case "BINARY" -> "base64(" + c + ")";
      case "ARRAY", "MAP", "STRUCT" -> "to_json(" + c + ", " + JSON_OPTIONS + ")";
      case "VARIANT" -> "to_json(" + c + ")";
      case "INTERVAL" -> interval(c, type);
      default -> c;
    };
  }

  /**
   * The microseconds of a TIMESTAMP_NTZ: days and the parts of a day, because functions that take a
   * difference convert to the session's zone first, where an hour a year does not exist.
   */
  static String localMicros(String c) {
    return ("(unix_date(CAST(%1$s AS DATE)) * 86400000000L + hour(%1$s) * 3600000000L"
            + " + minute(%1$s) * 60000000L + CAST(extract(SECOND FROM %1$s) * 1000000 AS BIGINT))")
        .replace("%1$s", c);
  }

  private static String interval(String c, String type) {
    if (type.matches("INTERVAL (YEAR|MONTH).*")) {
      String whole = "CAST(" + c + " AS INTERVAL YEAR TO MONTH)";
      return "(extract(YEAR FROM %1$s) * 12 + extract(MONTH FROM %1$s))".replace("%1$s", whole);
    }
    if (type.matches("INTERVAL (DAY|HOUR|MINUTE|SECOND).*")) {
      String whole = "CAST(" + c + " AS INTERVAL DAY TO SECOND)";
      return ("(extract(DAY FROM %1$s) * 86400000000L + extract(HOUR FROM %1$s) * 3600000000L"
              + " + extract(MINUTE FROM %1$s) * 60000000L"
              + " + CAST(extract(SECOND FROM %1$s) * 1000000 AS BIGINT))")
          .replace("%1$s", whole);
    }
    return c;
  }
}
