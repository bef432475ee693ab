package ai.birdie.workspace.rest;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The headers of an answer, whose Date is the workspace's: clients tell by it how long a link
 * holds.
 *
 * <p>The JDK's server sets Date to the system's time when it sends an answer, whatever is there,
 * and has no way to say otherwise; so an exchange is given these in place of its own. For one
 * thread.
 */
final class DatedHeaders extends Headers {
  private static final String DATE = "Date";
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private Duration skew = Duration.ZERO;

  private DatedHeaders(InstantSource clock) {
    this.clock = clock;
  }

  /** Gives an exchange that has no headers yet those of that clock. */
  static void give(HttpExchange exchange, InstantSource clock) {
    try {
      Field wrapped = opened(exchange.getClass().getDeclaredField("impl"));
      Field headers = opened(wrapped.getType().getDeclaredField("rspHdrs"));
      headers.set(wrapped.get(exchange), new DatedHeaders(clock));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This JDK's HTTP server is built otherwise.", e);
    }
  }

  /** Has the Date be off by so much. */
  static void skew(HttpExchange exchange, Duration by) {
    if (exchange.getResponseHeaders() instanceof DatedHeaders dated) {
      dated.skew = by;
    }
  }

  @Override
  public void set(String key, String value) {
    super.set(key, key.equalsIgnoreCase(DATE) ? FORMAT.format(clock.instant().plus(skew)) : value);
  }

  private static Field opened(Field field) {
    field.setAccessible(true);
    return field;
  }
}
