package ai.birdie.workspace.rest;

import ai.birdie.workspace.fault.Effect;
import ai.birdie.workspace.fault.Pause;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * That an answer is to be spoiled.
 *
 * @param effect how
 * @param giveBack to be run when there was nothing to spoil
 * @param pause what waits
 */
record Spoiled(Effect.Spoil effect, Runnable giveBack, Pause pause) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Sends an answer, or what is left of it; what closes the exchange closes the connection. */
  void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    switch (effect) {
      case Effect.Lose lose -> {}
      case Effect.Cut cut ->
          begin(exchange, status, bytes, (int) Math.min(cut.bytes(), bytes.length - 1L));
      case Effect.Drip drip -> drip(exchange, status, bytes, drip);
      case Effect.Skew skew -> {
        DatedHeaders.skew(exchange, skew.by());
        whole(exchange, status, bytes);
      }
      case Effect.Rewrite rewrite -> whole(exchange, status, rewritten(status, bytes, rewrite));
      case Effect.Garble garble -> whole(exchange, status, garbled(status, bytes, garble));
    }
  }

  private byte[] rewritten(int status, byte[] bytes, Effect.Rewrite rewrite) throws IOException {
    try {
      if (status == 200
          && JSON.readTree(bytes) instanceof ObjectNode answer
          && rewrite.change().test(answer)) {
        return JSON.writeValueAsBytes(answer);
      }
    } catch (JacksonException e) {
      // not JSON, so there is nothing to rewrite
    }
    giveBack.run();
    return bytes;
  }

  private byte[] garbled(int status, byte[] bytes, Effect.Garble garble) {
    if (status == 200) {
      return garble.change().apply(bytes);
    }
    giveBack.run();
    return bytes;
  }

  private static void whole(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void begin(HttpExchange exchange, int status, byte[] bytes, int sent)
      throws IOException {
    if (sent < 0) {
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes, 0, sent);
    exchange.getResponseBody().flush();
  }

  private void drip(HttpExchange exchange, int status, byte[] bytes, Effect.Drip drip)
      throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    OutputStream out = exchange.getResponseBody();
    for (int from = 0; from < bytes.length; from += drip.bytes()) {
      try {
        pause.of(drip.pause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("The workspace is stopping.");
      }
      out.write(bytes, from, Math.min(drip.bytes(), bytes.length - from));
      out.flush();
    }
  }
}
