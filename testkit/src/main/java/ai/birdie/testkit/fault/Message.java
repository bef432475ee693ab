package ai.birdie.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One HTTP message: its first line, its headers as they stand, and its whole body. Immutable. */
public final class Message {

  private static final String LENGTH = "Content-Length";

  /** A header; a message may have several of one name. */
  public record Header(String name, String value) {}

  private final String start;
  private final List<Header> headers;
  private final byte[] body;

  Message(String start, List<Header> headers, byte[] body) {
    this.start = start;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /** An answer of that status, with a body of that type. */
  public static Message answer(int status, String type, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    List<Header> headers =
        List.of(
            new Header("Content-Type", type), new Header(LENGTH, Integer.toString(bytes.length)));
    return new Message("HTTP/1.1 " + status + " ", headers, bytes);
  }

  /** The next request of a connection; empty where the client has closed it. */
  static Optional<Message> read(InputStream in) throws IOException {
    String start = line(in);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    List<Header> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    int length = new Message(start, headers, new byte[0]).declaredLength();
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("The request ends too early");
    }
    return Optional.of(new Message(start, headers, body));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }

  /** Method, path, and version; or version, status, and reason. */
  String start() {
    return start;
  }

  List<Header> headers() {
    return headers;
  }

  byte[] body() {
    return body.clone();
  }

  /** The body, where it is text. */
  String text() {
    return new String(body, UTF_8);
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  private int declaredLength() {
    return header(LENGTH).map(Integer::parseInt).orElse(0);
  }

  /** With this header in place of those of its name. */
  public Message with(String name, String value) {
    List<Header> others =
        new ArrayList<>(headers.stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList());
    others.add(new Header(name, value));
    return new Message(start, others, body);
  }

  /** With this header after the others, whatever they are called. */
  public Message adding(String name, String value) {
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header(name, value));
    return new Message(start, all, body);
  }

  /** With another body, and its length. */
  public Message withBody(byte[] other) {
    return new Message(start, headers, other).with(LENGTH, Integer.toString(other.length));
  }

  /** With another body, and its length; the same message where it has that body already. */
  Message withText(String other) {
    return other.equals(text()) ? this : withBody(other.getBytes(UTF_8));
  }

  /** First line and headers as they are sent, the empty line included. */
  byte[] head() {
    StringBuilder head = new StringBuilder(start).append("\r\n");
    headers.forEach(h -> head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  @Override
  public String toString() {
    return start + ", " + body.length + " bytes";
  }
}
