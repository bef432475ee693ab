package ai.birdie.workspace.rest;

import ai.birdie.workspace.statement.Parameter;
import ai.birdie.workspace.statement.StatementRequest;
import ai.birdie.workspace.statement.StatementRequest.Compression;
import ai.birdie.workspace.statement.StatementRequest.Delivery;
import ai.birdie.workspace.statement.StatementRequest.Limits;
import ai.birdie.workspace.statement.StatementRequest.OnWaitTimeout;
import ai.birdie.workspace.statement.StatementRequest.Small;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the body of an execute request. */
final class StatementRequests {
  private static final int MOST_TEXT = 16 * 1024 * 1024;
  private static final int MOST_TAGS = 20;
  private static final int MOST_PARAMETERS = 1000;

  private StatementRequests() {}

  /**
   * @throws ApiError for what Databricks answers with 400
   */
  static StatementRequest read(ObjectNode body) {
    String statement = text(body, "statement").orElse("");
    if (statement.isBlank()) {
      throw ApiError.badRequest("statement is required and must not be empty.");
    }
    if (statement.length() > MOST_TEXT) {
      throw ApiError.badRequest("statement is larger than 16 MiB.");
    }
    Optional<String> session = text(body, "session_id");
    if (session.isPresent()
        && (text(body, "catalog").isPresent() || text(body, "schema").isPresent())) {
      throw ApiError.badRequest("catalog and schema cannot be given together with session_id.");
    }
    return new StatementRequest(
        statement,
        session,
        text(body, "catalog"),
        text(body, "schema"),
        parameters(objects(body, "parameters", MOST_PARAMETERS)),
        delivery(body),
        new Limits(positive(body, "row_limit"), positive(body, "byte_limit")),
        waitTimeout(text(body, "wait_timeout").orElse("10s")),
        constant(OnWaitTimeout.class, body, "on_wait_timeout", OnWaitTimeout.CONTINUE),
        tags(objects(body, "query_tags", MOST_TAGS)));
  }

  private static Delivery delivery(ObjectNode body) {
    String disposition = text(body, "disposition").orElse("INLINE");
    String format = text(body, "format").orElse("JSON_ARRAY");
    if (!List.of("JSON_ARRAY", "ARROW_STREAM", "CSV").contains(format)) {
      throw ApiError.badRequest("format is not one of JSON_ARRAY, ARROW_STREAM, CSV: " + format);
    }
    Compression compression =
        constant(Compression.class, body, "result_compression", Compression.NONE);
    return switch (disposition) {
      case "INLINE" -> {
        if (!format.equals("JSON_ARRAY")) {
          throw incompatible(disposition, format);
        }
        yield new Delivery.Inline();
      }
      case "EXTERNAL_LINKS" -> links(format, compression, Small.LINKED);
      // The choice is the server's; what its drivers send.
      case "INLINE_OR_EXTERNAL_LINKS" ->
          format.equals("JSON_ARRAY")
              ? new Delivery.Inline()
              : links(format, compression, Small.ATTACHED);
      default -> throw ApiError.badRequest(disposition + " is not a supported disposition.");
    };
  }

  private static Delivery links(String format, Compression compression, Small small) {
    return switch (format) {
      case "ARROW_STREAM" -> new Delivery.ArrowLinks(compression, small);
      case "CSV" -> new Delivery.CsvLinks();
      default -> new Delivery.JsonLinks();
    };
  }

  private static ApiError incompatible(String disposition, String format) {
    return ApiError.badRequest(
        "Incompatible parameters: disposition "
            + disposition
            + " does not support the format "
            + format
            + ".");
  }

  private static List<Parameter> parameters(JsonNode array) {
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode node : array) {
      try {
        parameters.add(
            new Parameter(
                marker(node),
                scalar(node.path("value")),
                scalar(node.path("type")).orElse("STRING")));
      } catch (IllegalArgumentException e) {
        throw ApiError.badRequest("Invalid parameter: " + e.getMessage() + ".");
      }
    }
    return parameters;
  }

  private static Parameter.Marker marker(JsonNode node) {
    JsonNode ordinal = node.path("ordinal");
    return ordinal.isMissingNode() || ordinal.isNull()
        ? new Parameter.Named(node.path("name").asText())
        : new Parameter.Positional(ordinal.asInt());
  }

  private static Map<String, String> tags(JsonNode array) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (JsonNode node : array) {
      tags.put(node.path("key").asText(), node.path("value").asText());
    }
    return tags;
  }

  private static Duration waitTimeout(String text) {
    if (!text.matches("\\d{1,4}s")) {
      throw badWait(text);
    }
    long seconds = Long.parseLong(text.substring(0, text.length() - 1));
    if (seconds != 0 && (seconds < 5 || seconds > 50)) {
      throw badWait(text);
    }
    return Duration.ofSeconds(seconds);
  }

  private static ApiError badWait(String text) {
    return ApiError.badRequest("wait_timeout must be 0s, or from 5s to 50s, but is: " + text + ".");
  }

  private static OptionalLong positive(ObjectNode body, String field) {
    JsonNode node = body.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return OptionalLong.empty();
    }
    long value = node.isTextual() || node.isIntegralNumber() ? node.asLong(-1) : -1;
    if (value < 1) {
      throw ApiError.badRequest(field + " must be a number above 0.");
    }
    return OptionalLong.of(value);
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, ObjectNode body, String field, E otherwise) {
    Optional<String> text = text(body, field);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Enum.valueOf(type, text.get());
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest(
          field + " must be one of " + List.of(type.getEnumConstants()) + ": " + text.get() + ".");
    }
  }

  static Optional<String> text(ObjectNode body, String field) {
    JsonNode node = body.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw malformed(field + " must be a string.");
    }
    return Optional.of(node.textValue());
  }

  /** An array of objects; an empty one where there is none. */
  private static JsonNode objects(ObjectNode body, String field, int most) {
    JsonNode array = body.path(field);
    if (array.isMissingNode() || array.isNull()) {
      return MissingNode.getInstance();
    }
    if (!array.isArray() || !array.valueStream().allMatch(JsonNode::isObject)) {
      throw malformed(field + " must be an array of objects.");
    }
    if (array.size() > most) {
      throw ApiError.badRequest("There can be at most " + most + " " + field + ".");
    }
    return array;
  }

  private static ApiError malformed(String what) {
    return ApiError.of(400, "MALFORMED_REQUEST", "Could not parse request object: " + what);
  }

  private static Optional<String> scalar(JsonNode node) {
    if (node.isContainerNode()) {
      throw malformed("a parameter's name, value, and type are texts.");
    }
    return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node.asText());
  }
}
