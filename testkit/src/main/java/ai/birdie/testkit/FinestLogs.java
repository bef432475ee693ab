package ai.birdie.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * All that the JDK's loggers write during a test, whoever writes and however fine, apart from the
 * servers of tests.
 */
public final class FinestLogs implements BeforeEachCallback, AfterEachCallback {

  private final Logger root = Logger.getLogger("");
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final Handler handler = new Keeping();
  private Optional<Level> before = Optional.empty();

  @Override
  public void beforeEach(ExtensionContext context) {
    before = Optional.ofNullable(root.getLevel());
    lines.clear();
    handler.setLevel(Level.ALL);
    root.addHandler(handler);
    root.setLevel(Level.ALL);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    root.setLevel(before.orElse(Level.INFO));
    root.removeHandler(handler);
  }

  /** What was written so far. */
  public String text() {
    return String.join("\n", List.copyOf(lines));
  }

  private final class Keeping extends Handler {

    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord line) {
      if ("com.sun.net.httpserver".equals(line.getLoggerName())) {
        return;
      }
      StringWriter text = new StringWriter();
      text.write(line.getLoggerName() + " " + formatter.formatMessage(line));
      if (line.getThrown() != null) {
        line.getThrown().printStackTrace(new PrintWriter(text));
      }
      lines.add(text.toString());
    }

    @Override
    public void flush() {
      // nothing is held back
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
