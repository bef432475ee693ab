package ai.birdie.workspace.session;

import ai.birdie.workspace.access.SqlRefusal;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;

/**
 * The parameters that a SQL warehouse lets everybody set, and nothing besides: what Databricks
 * calls its configuration parameters.
 */
public enum SqlParameter {
  ANSI_MODE("spark.sql.ansi.enabled", "true", "Whether functions and casts are strict."),
  ENABLE_PHOTON("spark.workspace.enablePhoton", "true", "Has no effect here."),
  LEGACY_TIME_PARSER_POLICY(
      "spark.sql.legacy.timeParserPolicy",
      "EXCEPTION",
      "How dates and times are parsed and formatted: EXCEPTION, CORRECTED, or LEGACY."),
  MAX_FILE_PARTITION_BYTES(
      "spark.sql.files.maxPartitionBytes",
      "128m",
      "How many bytes of files one task reads at most."),
  QUERY_TAGS("spark.workspace.queryTags", "", "Has no effect here."),
  READ_ONLY_EXTERNAL_METASTORE(
      "spark.workspace.readOnlyExternalMetastore", "false", "Has no effect here."),
  STATEMENT_TIMEOUT(
      "spark.workspace.statementTimeout",
      "172800",
      "After how many seconds a statement is stopped; 0 is as long as may be."),
  TIMEZONE("spark.sql.session.timeZone", "Etc/UTC", "The zone of dates and times without one."),
  USE_CACHED_RESULT("spark.workspace.useCachedResult", "true", "Has no effect here.");

  /** In seconds, of {@link #STATEMENT_TIMEOUT}. */
  static final long LONGEST_TIMEOUT = 172_800;

  private static final List<String> TIME_PARSER_POLICIES =
      List.of("EXCEPTION", "CORRECTED", "LEGACY");

  private final String sparkKey;
  private final String initial;
  private final String meaning;

  SqlParameter(String sparkKey, String initial, String meaning) {
    this.sparkKey = sparkKey;
    this.initial = initial;
    this.meaning = meaning;
  }

  /** What Spark is to begin with, so that all parameters are what they are initially. */
  public static Map<String, String> initialSettings() {
    return Stream.of(values())
        .collect(Collectors.toMap(SqlParameter::sparkKey, SqlParameter::initial));
  }

  /** The parameter of that name, in any case. */
  public static Optional<SqlParameter> named(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    for (SqlParameter parameter : values()) {
      if (parameter.name().equals(wanted)) {
        return Optional.of(parameter);
      }
    }
    return Optional.empty();
  }

  /**
   * The parameter of that name, in any case.
   *
   * @throws SqlRefusal where there is none
   */
  public static SqlParameter required(String name) {
    return named(name).orElseThrow(() -> SqlRefusal.unknownParameter(name));
  }

  /** Under which key a Spark session keeps it. */
  String sparkKey() {
    return sparkKey;
  }

  /** What it is where nobody has set it. */
  public String initial() {
    return initial;
  }

  /** What it is for, in a sentence. */
  public String meaning() {
    return meaning;
  }

  /**
   * The value as it is kept.
   *
   * @throws SqlRefusal for a value that is none of this parameter's
   */
  String checked(String value) {
    return switch (this) {
      case ANSI_MODE, ENABLE_PHOTON, READ_ONLY_EXTERNAL_METASTORE, USE_CACHED_RESULT ->
          matching("(?i)true|false", value, "boolean");
      case MAX_FILE_PARTITION_BYTES -> matching("(?i)\\d{1,12}[bkmg]?", value, "bytes");
      case QUERY_TAGS -> value;
      case LEGACY_TIME_PARSER_POLICY -> {
        if (!TIME_PARSER_POLICIES.contains(value.toUpperCase(Locale.ROOT))) {
          String options = String.join(", ", TIME_PARSER_POLICIES);
          throw invalid(value, "OUT_OF_RANGE_OF_OPTIONS", "It should be one of '" + options + "'.");
        }
        yield value;
      }
      case STATEMENT_TIMEOUT -> {
        if (Long.parseLong(matching("\\d{1,10}", value, "bigint")) > LONGEST_TIMEOUT) {
          throw invalid(value, "REQUIREMENT", "It should be from 0 to " + LONGEST_TIMEOUT + ".");
        }
        yield value;
      }
      case TIMEZONE -> {
        if (!isZone(value)) {
          throw invalid(value, "TIME_ZONE", "Cannot resolve the given timezone.");
        }
        yield value;
      }
    };
  }

  private String matching(String pattern, String value, String type) {
    if (!value.matches(pattern)) {
      throw invalid(value, "TYPE_MISMATCH", "It should be a/an '" + type + "' value.");
    }
    return value;
  }

  private SqlRefusal invalid(String value, String how, String text) {
    return SqlRefusal.invalidConfiguration(name().toLowerCase(Locale.ROOT), value, how, text);
  }

  private static boolean isZone(String value) {
    try {
      DateTimeUtils.getZoneId(value);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
