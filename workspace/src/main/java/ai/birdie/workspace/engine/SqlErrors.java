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

/** What went wrong in a statement, in the words that go over the wire. */
final class SqlErrors {
  private static final Pattern STATE = Pattern.compile("SQLSTATE: ([0-9A-Z]{5})");
  private static final int LONGEST_CHAIN = 20;

  private SqlErrors() {}

  static Failure describe(Throwable thrown) {
    for (Throwable cause : chain(thrown)) {
      if (cause instanceof SqlRefusal refusal) {
        return new Failure("BAD_REQUEST", message(refusal), Optional.of(refusal.sqlState()));
      }
      if (cause instanceof SparkThrowable spark && spark.getCondition() != null) {
        String message =
            cause instanceof AnalysisException analysis
                ? analysis.getSimpleMessage()
                : message(cause);
        return new Failure("BAD_REQUEST", withoutTrace(message), state(spark, message));
      }
    }
    String message = withoutTrace(message(thrown));
    return new Failure("INTERNAL_ERROR", message, stateIn(message));
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

  private static Optional<String> state(SparkThrowable spark, String message) {
    return Optional.ofNullable(spark.getSqlState()).or(() -> stateIn(message));
  }

  private static Optional<String> stateIn(String message) {
    Matcher matcher = STATE.matcher(message);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
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
}
