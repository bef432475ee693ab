package ai.birdie.workspace.rest;

import ai.birdie.workspace.fault.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One HTTP request and its answer. For one thread; closed by the server. */
final class Call {
  /** Statements may be of 16 MiB; what else is in a request gets as much again. */
  private static final int MOST_BODY_BYTES = 32 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpExchange exchange;
  private Optional<Spoiled> spoiled = Optional.empty();
  private Optional<byte[]> body = Optional.empty();

  Call(HttpExchange exchange) {
    this.exchange = exchange;
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

  Map<String, String> query() {
    return pairs(exchange.getRequestURI().getRawQuery());
  }

  Map<String, String> form() throws IOException {
    return pairs(new String(body(), StandardCharsets.UTF_8));
  }

  /** The body as an object; an empty one for an empty body. */
  ObjectNode json() throws IOException {
    byte[] body = body();
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
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private byte[] body() throws IOException {
    if (body.isPresent()) {
      return body.get();
    }
    byte[] read = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
    if (read.length > MOST_BODY_BYTES) {
      throw ApiError.of(400, "BAD_REQUEST", "The request is larger than 32 MiB.");
    }
    body = Optional.of(read);
    return read;
  }

  private static Map<String, String> pairs(@Nullable String encoded) {
    Map<String, String> pairs = new HashMap<>();
    if (encoded == null) {
      return pairs;
    }
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
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
