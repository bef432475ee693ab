package ai.birdie.workspace.session;

import ai.birdie.workspace.access.SqlRefusal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters that a SQL warehouse lets everybody set, and nothing besides: what Databricks
 * calls its configuration parameters.
 */
public enum SqlParameter {
  ANSI_MODE("spark.sql.ansi.enabled", "true"),
  ENABLE_PHOTON("spark.workspace.enablePhoton", "true"),
  LEGACY_TIME_PARSER_POLICY("spark.sql.legacy.timeParserPolicy", "EXCEPTION"),
  MAX_FILE_PARTITION_BYTES("spark.sql.files.maxPartitionBytes", "128m"),
  QUERY_TAGS("spark.workspace.queryTags", ""),
  READ_ONLY_EXTERNAL_METASTORE("spark.workspace.readOnlyExternalMetastore", "false"),
  STATEMENT_TIMEOUT("spark.workspace.statementTimeout", "172800"),
  TIMEZONE("spark.sql.session.timeZone", "Etc/UTC"),
  USE_CACHED_RESULT("spark.workspace.useCachedResult", "true");

  private static final long LONGEST_TIMEOUT = 172_800;
  private static final Set<String> TIME_PARSER_POLICIES =
      Set.of("EXCEPTION", "CORRECTED", "LEGACY");

  private final String sparkKey;
  private final String initial;

  SqlParameter(String sparkKey, String initial) {
    this.sparkKey = sparkKey;
    this.initial = initial;
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
  String initial() {
    return initial;
  }

  /**
   * The value as it is kept.
   *
   * @throws SqlRefusal for a value that is none of this parameter's
   */
  String checked(String value) {
    boolean valid =
        switch (this) {
          case ANSI_MODE, ENABLE_PHOTON, READ_ONLY_EXTERNAL_METASTORE, USE_CACHED_RESULT ->
              value.matches("(?i)true|false");
          case LEGACY_TIME_PARSER_POLICY ->
              TIME_PARSER_POLICIES.contains(value.toUpperCase(Locale.ROOT));
          case MAX_FILE_PARTITION_BYTES -> value.matches("(?i)\\d{1,12}[bkmg]?");
          case QUERY_TAGS -> true;
          case STATEMENT_TIMEOUT ->
              value.matches("\\d{1,6}") && Long.parseLong(value) <= LONGEST_TIMEOUT;
          case TIMEZONE -> isZone(value);
        };
    if (!valid) {
      throw SqlRefusal.invalidParameter("The value of " + name() + " is not valid: " + value + ".");
    }
    return value;
  }

  private static boolean isZone(String value) {
    try {
      ZoneId.of(value);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
