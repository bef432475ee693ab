package ai.birdie.workspace.rest;

import ai.birdie.workspace.fault.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One HTTP request and its answer. For one thread; closed by the server. */
final class Call implements AutoCloseable {
  /** Statements may be of 16 MiB; what else is in a request gets as much again. */
  private static final int MOST_BODY_BYTES = 32 * 1024 * 1024;

  /** A form is asked for before anybody has shown a credential. */
  private static final int MOST_FORM_BYTES = 64 * 1024;

  /** As much of what is too large is read and dropped: who still sends hears no answer. */
  private static final long MOST_DROPPED_BYTES = 256L * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpExchange exchange;
  private final LargeBodies large;
  private boolean entered;
  private Optional<Spoiled> spoiled = Optional.empty();
  private Optional<byte[]> body = Optional.empty();

  Call(HttpExchange exchange, LargeBodies large) {
    this.exchange = exchange;
    this.large = large;
  }

  @Override
  public void close() {
    if (entered) {
      entered = false;
      large.leave();
    }
  }

  /** Has what is answered be spoiled. */
  void spoil(Spoiled how) {
    spoiled = Optional.of(how);
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** The path's parts; a slash at its end does not count. */
  List<String> path() {
    String path = exchange.getRequestURI().getPath();
    return List.of(path.replaceAll("^/+|/+$", "").split("/+", -1));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** The query's values; the last of those that have one name. */
  Map<String, String> query() {
    return lastOfEach(pairs(exchange.getRequestURI().getRawQuery()));
  }

  /** All values of one name in the query, in order. */
  List<String> values(String name) {
    return pairs(exchange.getRequestURI().getRawQuery()).stream()
        .filter(pair -> pair.getKey().equals(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  Map<String, String> form() throws IOException {
    return lastOfEach(pairs(new String(body(MOST_FORM_BYTES), StandardCharsets.UTF_8)));
  }

  /** The body as an object; an empty one for an empty body. */
  ObjectNode json() throws IOException {
    byte[] body = body(MOST_BODY_BYTES);
    if (body.length == 0) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode node = JSON.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw ApiError.of(400, "MALFORMED_REQUEST", "Could not parse request object: not JSON.");
    }
    throw ApiError.of(400, "MALFORMED_REQUEST", "Could not parse request object: not an object.");
  }

  void answer(int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    send(status, bytes);
  }

  void answer(ApiError error) throws IOException {
    error.headers().forEach(exchange.getResponseHeaders()::set);
    answer(error.status(), error.body());
  }

  void answerXml(int status, String xml) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    send(status, xml.getBytes(StandardCharsets.UTF_8));
  }

  void answer(Reply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    send(reply.status(), reply.body().getBytes(StandardCharsets.UTF_8));
  }

  void answerFile(Path file) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "binary/octet-stream");
    if (spoiled.isPresent()) {
      send(200, Files.readAllBytes(file));
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      exchange.sendResponseHeaders(200, Files.size(file));
      try (OutputStream out = exchange.getResponseBody()) {
        in.transferTo(out);
      }
    }
  }

  private void send(int status, byte[] bytes) throws IOException {
    if (spoiled.isPresent()) {
      spoiled.get().send(exchange, status, bytes);
      return;
    }
    if (method().equals("HEAD") || bytes.length == 0) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private byte[] body(int most) throws IOException {
    if (body.isPresent()) {
      return body.get();
    }
    InputStream in = exchange.getRequestBody();
    byte[] read = in.readNBytes(Math.min(most, LargeBodies.LARGE) + 1);
    if (read.length > LargeBodies.LARGE) {
      enter(in);
      read = new SequenceInputStream(new ByteArrayInputStream(read), in).readNBytes(most + 1);
    }
    if (read.length > most) {
      drop(in);
      throw ApiError.of(
          413, "BAD_REQUEST", "The request is larger than %d KiB.".formatted(most / 1024));
    }
    if (header("Content-Length").map(Long::parseLong).orElse(0L) > read.length) {
      throw new EOFException("the client has gone before it had sent all of its request");
    }
    body = Optional.of(read);
    return read;
  }

  private void enter(InputStream in) throws IOException {
    entered = large.enter();
    if (!entered) {
      drop(in);
      throw ApiError.of(429, "RESOURCE_EXHAUSTED", "Too many large requests are in the workspace.");
    }
  }

  private static void drop(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long dropped = 0;
    int read = in.read(buffer);
    while (read >= 0 && dropped < MOST_DROPPED_BYTES) {
      dropped += read;
      read = in.read(buffer);
    }
  }

  private static Map<String, String> lastOfEach(List<Map.Entry<String, String>> pairs) {
    Map<String, String> last = new HashMap<>();
    pairs.forEach(pair -> last.put(pair.getKey(), pair.getValue()));
    return last;
  }

  private static List<Map.Entry<String, String>> pairs(@Nullable String encoded) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    if (encoded == null) {
      return pairs;
    }
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.add(Map.entry(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
      }
    }
    return pairs;
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest("Not properly encoded: a query or form value.");
    }
  }
}
