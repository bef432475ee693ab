package ai.birdie.workspace.access;

import java.time.Duration;
import java.util.Locale;

/**
 * A statement that the workspace itself refuses, before or while Spark analyses it.
 *
 * <p>The message is complete as it goes over the wire: error class, text, and SQLSTATE.
 */
public final class SqlRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sqlState;

  private SqlRefusal(String errorClass, String text, String sqlState) {
    super("[" + errorClass + "] " + text + " SQLSTATE: " + sqlState);
    this.sqlState = sqlState;
  }

  /** A right is missing; {@code text} says which, on what. */
  public static SqlRefusal insufficientPermissions(String text) {
    return new SqlRefusal("INSUFFICIENT_PERMISSIONS", "Insufficient privileges: " + text, "42501");
  }

  /** A securable that a statement names does not exist. */
  public static SqlRefusal notFound(Securable securable) {
    String quoted = securable.quotedName();
    return switch (securable.kind()) {
      case METASTORE, CATALOG ->
          new SqlRefusal(
              "NO_SUCH_CATALOG_EXCEPTION",
              "Catalog '" + securable.fullName() + "' was not found.",
              "42704");
      case SCHEMA ->
          new SqlRefusal("SCHEMA_NOT_FOUND", "The schema " + quoted + " cannot be found.", "42704");
      case TABLE, VIEW ->
          new SqlRefusal(
              "TABLE_OR_VIEW_NOT_FOUND",
              "The table or view " + quoted + " cannot be found.",
              "42P01");
      case FUNCTION ->
          new SqlRefusal(
              "ROUTINE_NOT_FOUND", "The routine " + quoted + " cannot be found.", "42883");
    };
  }

  /** There is a catalog of that name. */
  public static SqlRefusal catalogAlreadyExists(String catalog) {
    return new SqlRefusal(
        "CATALOG_ALREADY_EXISTS", "Catalog '" + catalog + "' already exists.", "42710");
  }

  /** There is something in a catalog that is to be dropped. */
  public static SqlRefusal catalogNotEmpty(String catalog) {
    return new SqlRefusal(
        "CATALOG_NOT_EMPTY",
        "Cannot drop catalog '" + catalog + "', which is not empty: use CASCADE.",
        "2BP01");
  }

  /** Nobody goes by the name that a statement grants to, or gives something to. */
  public static SqlRefusal principalDoesNotExist(String name) {
    return new SqlRefusal(
        "PRINCIPAL_DOES_NOT_EXIST", "Could not find principal with name " + name + ".", "42704");
  }

  /** A parameter's value that cannot be cast to its declared type, or a type that is not known. */
  public static SqlRefusal invalidParameter(String text) {
    return new SqlRefusal("INVALID_PARAMETER_VALUE", text, "22023");
  }

  /** A parameter that there is not, or that is not for everybody to set. */
  public static SqlRefusal unknownParameter(String name) {
    return new SqlRefusal(
        "CONFIG_NOT_AVAILABLE", "Configuration " + name + " is not available.", "42K0I");
  }

  /** A parameter's value that is none of its; {@code how} and {@code text} say why. */
  public static SqlRefusal invalidConfiguration(
      String name, String value, String how, String text) {
    return new SqlRefusal(
        "INVALID_CONF_VALUE." + how,
        "The value '" + value + "' in the config \"" + name + "\" is invalid. " + text,
        "22022");
  }

  /** A statement that was stopped because it took longer than its session lets it. */
  public static SqlRefusal timedOut(Duration limit) {
    return new SqlRefusal(
        "QUERY_EXECUTION_TIMEOUT_EXCEEDED",
        "Query execution was cancelled due to exceeding the timeout ("
            + limit.toSeconds()
            + "s). You can increase the limit in seconds by setting STATEMENT_TIMEOUT.",
        "57KD0");
  }

  /** A session that was closed, expired, or never was the principal's. */
  public static SqlRefusal sessionClosed(String id) {
    return new SqlRefusal(
        "INVALID_HANDLE.SESSION_CLOSED",
        "The handle " + id + " is invalid. Session was closed.",
        "HY000");
  }

  /** The text is none of SQL's, from the word on that is named, quoted; lines count from 1. */
  public static SqlRefusal syntaxError(String near, int line, int position) {
    return new SqlRefusal(
        "PARSE_SYNTAX_ERROR",
        "Syntax error at or near " + near + " (line " + line + ", pos " + position + ").",
        "42601");
  }

  /** What cannot be done with a table that has a row filter or column masks. */
  public static SqlRefusal policyForbids(Securable table, String what) {
    return new SqlRefusal(
        "ROW_LEVEL_SECURITY_COLUMN_MASK_FEATURE_NOT_SUPPORTED." + what,
        "Row level security policies and column mask policies for "
            + table.quotedName()
            + " do not support "
            + what.toLowerCase(Locale.ROOT).replace('_', ' ')
            + ".",
        "0A000");
  }

  /** A function of that name is there already. */
  public static SqlRefusal routineAlreadyExists(Securable function) {
    return new SqlRefusal(
        "ROUTINE_ALREADY_EXISTS",
        "Cannot create the routine "
            + function.quotedName()
            + " because a routine of that name already exists.",
        "42723");
  }

  /** A function is called with too few or too many arguments. */
  public static SqlRefusal wrongArguments(Securable function, int wanted, int given) {
    return new SqlRefusal(
        "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
        "The "
            + function.quotedName()
            + " requires "
            + wanted
            + " parameters but the actual number is "
            + given
            + ".",
        "42605");
  }

  /** A statement names a column that its table lacks. */
  public static SqlRefusal columnNotFound(String column) {
    return new SqlRefusal(
        "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
        "A column with name `" + column + "` cannot be resolved.",
        "42703");
  }

  /** What the workspace lacks. */
  public static SqlRefusal unsupported(String what) {
    return new SqlRefusal(
        "UNSUPPORTED_FEATURE", "The feature is not supported: " + what + ".", "0A000");
  }

  /** The five characters of the standard. */
  public String sqlState() {
    return sqlState;
  }
}
