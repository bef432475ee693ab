package ai.birdie.databricks;

import com.databricks.sdk.core.logging.ILoggerFactory;
import com.databricks.sdk.core.logging.Logger;
import java.util.function.Supplier;

/** Where the vendor's SDK logs: nowhere, because it writes tokens as they come. */
final class SilentLogger extends Logger implements ILoggerFactory {

  @Override
  public Logger getLogger(Class<?> type) {
    return this;
  }

  @Override
  public Logger getLogger(String name) {
    return this;
  }

  @Override
  public void debug(String message) {}

  @Override
  public void debug(String format, Object... arguments) {}

  @Override
  public void debug(Supplier<String> message) {}

  @Override
  public void info(String message) {}

  @Override
  public void info(String format, Object... arguments) {}

  @Override
  public void info(Supplier<String> message) {}

  @Override
  public void warn(String message) {}

  @Override
  public void warn(String format, Object... arguments) {}

  @Override
  public void warn(Supplier<String> message) {}

  @Override
  public void error(String message) {}

  @Override
  public void error(String format, Object... arguments) {}

  @Override
  public void error(Supplier<String> message) {}
}
