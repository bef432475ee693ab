package ai.birdie.workspace.rest;

import ai.birdie.workspace.fault.Parameters;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The fields of an object in a request, read strictly: of the right type, and none that nobody
 * asked for. For one thread.
 */
final class Fields implements Parameters {
  private final ObjectNode object;
  private final Set<String> known = new LinkedHashSet<>();

  Fields(ObjectNode object) {
    this.object = object;
  }

  @Override
  public Optional<String> text(String name) {
    return node(name, JsonNode::isTextual, "a string").map(JsonNode::textValue);
  }

  Optional<Boolean> flag(String name) {
    return node(name, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
  }

  @Override
  public OptionalLong number(String name, long least, long most) {
    Optional<JsonNode> node =
        node(name, JsonNode::canConvertToLong, "a number from " + least + " to " + most);
    if (node.isEmpty()) {
      return OptionalLong.empty();
    }
    long value = node.get().longValue();
    if (value < least || value > most) {
      throw wrong(name, "a number from " + least + " to " + most);
    }
    return OptionalLong.of(value);
  }

  Optional<Instant> instant(String name) {
    return text(name, Instant::parse, "a time in UTC, such as 2026-01-01T00:00:00Z");
  }

  @Override
  public Optional<Duration> duration(String name) {
    return text(name, Duration::parse, "a duration, such as PT15M or PT-1.5S");
  }

  /**
   * @throws ApiError when there is a field that was not read, naming those that may be there
   */
  void requireNoOthers() {
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw ApiError.badRequest(
                "Unknown field: " + name + ". There may be: " + String.join(", ", known) + ".");
          }
        });
  }

  private <T> Optional<T> text(String name, Function<String, T> read, String expected) {
    try {
      return node(name, JsonNode::isTextual, expected).map(JsonNode::textValue).map(read);
    } catch (DateTimeParseException e) {
      throw wrong(name, expected);
    }
  }

  private Optional<JsonNode> node(String name, Predicate<JsonNode> fits, String expected) {
    known.add(name);
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!fits.test(node)) {
      throw wrong(name, expected);
    }
    return Optional.of(node);
  }

  private static ApiError wrong(String name, String expected) {
    return ApiError.badRequest(name + " must be " + expected + ".");
  }
}
