package ai.birdie.workspace.engine;

import ai.birdie.workspace.access.SqlRefusal;
import ai.birdie.workspace.statement.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** What went wrong in a statement, in the words that go over the wire. */
final class SqlErrors {
  private static final Pattern STATE = Pattern.compile("SQLSTATE: ([0-9A-Z]{5})");
  private static final int LONGEST_CHAIN = 20;

  /** The state of an error that is none of the statement's. */
  private static final String INTERNAL = "XX000";

  private static final Pattern CLASS = Pattern.compile("\\b(?:[a-z_][\\w$]*\\.){2,}[A-Z][\\w$.]*");
  private static final Pattern PATH =
      Pattern.compile("(?:file:/+|(?<![\\w/.`'\"])/)(?:[\\w.%+=@-]+/)+[\\w.%+=@-]*");

  private SqlErrors() {}

  static Failure describe(Throwable thrown) {
    for (Throwable cause : chain(thrown)) {
      if (cause instanceof SqlRefusal refusal) {
        return new Failure("BAD_REQUEST", message(refusal), Optional.of(refusal.sqlState()));
      }
      if (cause instanceof SparkThrowable spark && spark.getCondition() != null) {
        return describe(spark, withoutTrace(text(cause)));
      }
    }
    return internal(thrown);
  }

  private static Failure describe(SparkThrowable spark, String message) {
    Optional<String> state = Optional.ofNullable(spark.getSqlState()).or(() -> stateIn(message));
    String worded = worded(withoutHost(message));
    boolean says = state.isEmpty() || stateIn(worded).isPresent();
    return new Failure("BAD_REQUEST", says ? worded : worded + " SQLSTATE: " + state.get(), state);
  }

  private static Failure internal(Throwable thrown) {
    String told =
        switch (thrown) {
          case IllegalArgumentException e -> message(e);
          case UnsupportedOperationException e -> message(e);
          case ArithmeticException e -> message(e);
          case StackOverflowError e -> "The statement is nested too deeply.";
          default -> "The statement met an internal error.";
        };
    String message = withoutHost(withoutTrace(told));
    return new Failure(
        "INTERNAL_ERROR",
        "[INTERNAL_ERROR] " + message + " SQLSTATE: " + INTERNAL,
        Optional.of(INTERNAL));
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    Throwable next = thrown;
    while (next != null && chain.size() < LONGEST_CHAIN && !chain.contains(next)) {
      chain.add(next);
      next = next.getCause();
    }
    return chain;
  }

  private static Optional<String> stateIn(String message) {
    Matcher matcher = STATE.matcher(message);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** A syntax error is shown at its place in the text; of others the position will do. */
  private static String text(Throwable thrown) {
    return thrown instanceof AnalysisException analysis && !(thrown instanceof ParseException)
        ? analysis.getSimpleMessage()
        : message(thrown);
  }

  private static String message(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }

  /** Spark puts traces of its tasks into messages. */
  private static String withoutTrace(String message) {
    String shown = message.replaceAll("(?s)\\R\\s+at [\\w.$/]+\\(.*", "");
    int driver = shown.indexOf("\n\nDriver stacktrace:");
    return driver < 0 ? shown : shown.substring(0, driver);
  }

  /** Where this machine keeps things, and what its program is made of, are no client's business. */
  private static String withoutHost(String message) {
    String shown = PATH.matcher(message).replaceAll("<path>");
    return CLASS.matcher(shown).replaceAll("<class>");
  }

  /** What Databricks words otherwise than Spark. */
  private static String worded(String message) {
    return message
        .stripLeading()
        .replaceAll("\\RSearch path: \\[[^\\n]*\\]\\.", "")
        .replace("\"spark.sql.ansi.enabled\"", "\"ansi_mode\"");
  }
}
