package ai.birdie.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that answers as a test tells it to. A rule matches by the beginning of "METHOD path" and
 * by a piece of the body; its last answer is repeated. Gives everybody a cookie. Knows nothing of
 * the wire format.
 */
public final class FakeWorkspace implements AutoCloseable {

  /** What was asked. */
  public record Asked(String line, Map<String, List<String>> headers, String body) {

    public boolean has(String header) {
      return headers.keySet().stream().anyMatch(header::equalsIgnoreCase);
    }

    /** The value of a header; empty where it is missing. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(e -> e.getKey().equalsIgnoreCase(name))
          .map(e -> e.getValue().get(0))
          .findFirst()
          .orElse("");
    }
  }

  /** What is answered: sent as it is, or with a length that it does not have. */
  public static final class Reply {

    private final int status;
    private final byte[] body;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int missing;
    private boolean dropped;

    private Reply(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    public static Reply of(int status, String body) {
      return new Reply(status, body.getBytes(UTF_8));
    }

    public static Reply bytes(byte[] body) {
      return new Reply(200, body);
    }

    /** Closes the connection instead of answering. */
    public static Reply nothing() {
      Reply reply = of(200, "");
      reply.dropped = true;
      return reply;
    }

    public Reply with(String header, String value) {
      headers.put(header, value);
      return this;
    }

    /** Declares so many bytes more than it sends. */
    public Reply cutBy(int bytes) {
      missing = bytes;
      return this;
    }
  }

  private record Rule(String line, String inBody, Deque<Reply> replies) {

    boolean matches(Asked asked) {
      return asked.line().startsWith(line) && asked.body().contains(inBody);
    }

    synchronized Reply next() {
      return replies.size() > 1 ? replies.remove() : replies.element();
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Rule> rules = Collections.synchronizedList(new ArrayList<>());
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  public FakeWorkspace() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it is: http, this machine, and a port. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Later rules are asked first. */
  public FakeWorkspace on(String line, Reply... replies) {
    return onBody(line, "", replies);
  }

  /** As {@link #on}, where the body has that piece in it. */
  public FakeWorkspace onBody(String line, String inBody, Reply... replies) {
    rules.add(0, new Rule(line, inBody, new ArrayDeque<>(List.of(replies))));
    return this;
  }

  /** What was asked so far that begins so. */
  public List<Asked> asked(String line) {
    return List.copyOf(asked).stream().filter(a -> a.line().startsWith(line)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      Asked question = new Asked(line, Map.copyOf(exchange.getRequestHeaders()), body);
      asked.add(question);
      Reply reply =
          List.copyOf(rules).stream()
              .filter(rule -> rule.matches(question))
              .findFirst()
              .map(Rule::next)
              .orElse(Reply.of(404, "{\"error_code\":\"NOT_FOUND\",\"message\":\"no rule\"}"));
      if (reply.dropped) {
        return;
      }
      exchange.getResponseHeaders().set("Set-Cookie", "session=canary-cookie; Path=/");
      reply.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      long length = (long) reply.body.length + reply.missing;
      exchange.sendResponseHeaders(reply.status, length == 0 ? -1 : length);
      if (length > 0) {
        OutputStream out = exchange.getResponseBody();
        out.write(reply.body);
        out.flush();
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
