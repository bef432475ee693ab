package ai.birdie.databricks.http;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What the workspace answered to one request: status, headers, and the whole body. */
public record Answer(int status, HttpHeaders headers, String text) {

  /** Whether the request did what it should. */
  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** The server's own clock, where it tells it. */
  public Optional<Instant> date() {
    return headers.firstValue("date").flatMap(Answer::httpDate);
  }

  /** An HTTP date in the one form that is still in use. */
  static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Nothing of the body: it may hold rows, links, or a token. */
  @Override
  public String toString() {
    return "HTTP " + status + ", " + text.length() + " characters";
  }
}
