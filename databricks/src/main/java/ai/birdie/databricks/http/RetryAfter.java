package ai.birdie.databricks.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a server asks to be left alone. */
final class RetryAfter {

  /** A server that asks for more is asked again after this. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private RetryAfter() {}

  /**
   * The wait that a Retry-After header asks for, in seconds or as a date, within 0 and {@link
   * #LONGEST}; empty where it says nothing that can be read.
   *
   * @param now by the server's clock, where it tells it: a date is one of its
   */
  static Optional<Duration> of(Optional<String> header, Instant now) {
    return header.map(String::strip).flatMap(text -> parse(text, now)).map(RetryAfter::clamped);
  }

  private static Optional<Duration> parse(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    if (text.matches("[0-9]+")) {
      return Optional.of(LONGEST);
    }
    return Answer.httpDate(text).map(date -> Duration.between(now, date));
  }

  private static Duration clamped(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
