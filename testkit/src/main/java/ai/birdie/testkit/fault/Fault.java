package ai.birdie.testkit.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What becomes of one call. */
public sealed interface Fault {

  /** Somebody else answers; the server is not asked. */
  record Instead(Message answer) implements Fault {

    public Instead {
      requireNonNull(answer);
    }
  }

  /** The server's answer is changed, and sent whole. */
  record Change(UnaryOperator<Message> change) implements Fault {

    public Change {
      requireNonNull(change);
    }
  }

  /** The server does what is asked, and its answer comes late, in part, or not at all. */
  record Transfer(Sending sending) implements Fault {

    public Transfer {
      requireNonNull(sending);
    }
  }

  /** The connection is closed, and no other one is accepted from then on. */
  record Down() implements Fault {}

  /** The connection is closed, and from then on none is accepted, nor refused. */
  record Deaf() implements Fault {}

  /** A redirect to {@code location}. */
  static Fault redirect(String location) {
    return new Instead(Message.answer(302, "text/html", "").with("Location", location));
  }

  /** A page of HTML, with a status that says that all is well. */
  static Fault page() {
    return status(200, "text/html", "<html><body>Sign in to continue</body></html>");
  }

  /** An answer of that status. */
  static Fault status(int status, String type, String body) {
    return new Instead(Message.answer(status, type, body));
  }

  /** What matches in the answer's text is replaced, as by {@code String.replaceAll}. */
  static Fault rewrite(String regex, String replacement) {
    Pattern pattern = Pattern.compile(regex);
    return new Change(
        answer -> answer.withText(pattern.matcher(answer.text()).replaceAll(replacement)));
  }

  /** The answer has another body. */
  static Fault damage(UnaryOperator<byte[]> damage) {
    return new Change(answer -> answer.withBody(damage.apply(answer.body())));
  }

  /** The answer has one header more. */
  static Fault header(String name, String value) {
    return new Change(answer -> answer.adding(name, value));
  }

  /** The answer's Date lies so far before what it was. */
  static Fault dateMovedBack(Duration by) {
    DateTimeFormatter http = DateTimeFormatter.RFC_1123_DATE_TIME;
    return new Change(answer -> {
      Instant date = answer.header("Date").map(d -> http.parse(d, Instant::from)).orElseThrow();
      return answer.with("Date", http.format(date.minus(by).atOffset(ZoneOffset.UTC)));
    });
  }

  /** The answer comes after that time. */
  static Fault latency(Duration pause) {
    return new Transfer(new Sending.Late(pause));
  }

  /** The answer comes byte by byte, with a pause before each. */
  static Fault drip(Duration pause) {
    return new Transfer(new Sending.Drip(pause));
  }

  /** Nothing comes, and the connection stays. */
  static Fault halfOpen() {
    return new Transfer(new Sending.Silence());
  }

  /** The connection is reset in the middle of the headers. */
  static Fault resetInHead() {
    return new Transfer(new Sending.ResetInHead());
  }

  /** The connection is reset after so many bytes of the body. */
  static Fault resetInBody(int after) {
    return new Transfer(new Sending.ResetInBody(after));
  }

  /** The connection is reset before anything is sent. */
  static Fault reset() {
    return new Transfer(new Sending.Reset());
  }

  /** The connection is closed before anything is sent. */
  static Fault empty() {
    return new Transfer(new Sending.Cut(0, Sending.Head.MISSING));
  }

  /** The connection is closed after so many bytes of the body. */
  static Fault cut(int after) {
    return new Transfer(new Sending.Cut(after, Sending.Head.SENT));
  }

  /** Content-Length says so many bytes more than there are, or fewer where negative. */
  static Fault wrongLength(int by) {
    return new Transfer(new Sending.WrongLength(by));
  }

  /** Bytes that are no HTTP, and the connection is closed. */
  static Fault garbage() {
    return new Transfer(new Sending.Garbage());
  }

  /** A good head, then a chunk whose length is none, and the connection is closed. */
  static Fault malformedChunk() {
    return new Transfer(new Sending.MalformedChunk());
  }
}
