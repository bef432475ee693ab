package ai.birdie.workspace.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Answers that Databricks, its gateways, and the clouds' storage give when something is wrong. */
final class Replies {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Replies() {}

  /** In the form that is asked for, with Retry-After where one is asked for. */
  static Reply error(int status, String errorCode, String message, Parameters parameters) {
    String code = parameters.text("error_code").orElse(errorCode);
    String said = parameters.text("message").orElse(message);
    String form = parameters.text("body").orElse("json");
    Reply reply =
        switch (form) {
          case "json" -> json(status, code, said);
          case "html" -> Reply.html(status, said);
          case "empty" -> Reply.empty(status);
          default -> throw new IllegalArgumentException("body must be one of: json, html, empty.");
        };
    Optional<String> retryAfter = parameters.text("retry_after");
    return retryAfter.isPresent() ? reply.with("Retry-After", retryAfter.get()) : reply;
  }

  /** An error of the gateway, whose code is the status as a number. */
  static Reply gateway(int status, String message) {
    ObjectNode body = JSON.createObjectNode().put("error_code", status).put("message", message);
    return Reply.json(status, body.toString()).with("x-databricks-reason-phrase", message);
  }

  static Reply json(int status, String errorCode, String message) {
    ObjectNode body = JSON.createObjectNode().put("error_code", errorCode).put("message", message);
    return Reply.json(status, body.toString());
  }

  static Reply oauth(String error, String description) {
    ObjectNode body =
        JSON.createObjectNode().put("error", error).put("error_description", description);
    return Reply.json(401, body.toString());
  }
}
