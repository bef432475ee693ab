package ai.birdie.app.config;

import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of a document that was checked: those that are there and have no fault. */
record Values(ObjectNode root, ConnectionSchema schema, Findings findings) {

  /** The text at the pointer; empty if there is none, or if it is known to be wrong. */
  Optional<String> text(String pointer) {
    return node(pointer).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  /** The text at the pointer as a part of a calendar; a fault if it cannot be that. */
  <T> Optional<T> time(String pointer, Function<String, T> parser) {
    try {
      return text(pointer).map(parser);
    } catch (DateTimeException e) {
      fault(pointer);
      return Optional.empty();
    }
  }

  /** The whole number at the pointer, which the schema keeps small. */
  OptionalLong number(String pointer) {
    return node(pointer)
        .filter(JsonNode::isNumber)
        .map(number -> OptionalLong.of((long) number.doubleValue()))
        .orElse(OptionalLong.empty());
  }

  /** The texts of the list at the pointer. */
  List<String> texts(String pointer) {
    return node(pointer).stream()
        .flatMap(JsonNode::valueStream)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .toList();
  }

  /** How long the list at the pointer is; 0 if there is none. */
  int size(String pointer) {
    return node(pointer).map(JsonNode::size).orElse(0);
  }

  /** The number at the pointer. */
  OptionalDouble decimal(String pointer) {
    return node(pointer)
        .filter(JsonNode::isNumber)
        .map(number -> OptionalDouble.of(number.doubleValue()))
        .orElse(OptionalDouble.empty());
  }

  /** The numbers of the list at the pointer. */
  List<Double> numbers(String pointer) {
    return node(pointer).stream()
        .flatMap(JsonNode::valueStream)
        .filter(JsonNode::isNumber)
        .map(JsonNode::doubleValue)
        .toList();
  }

  /** The keys of the object at the pointer, in the file's order. */
  List<String> keys(String pointer) {
    return node(pointer).stream().flatMap(JsonNode::propertyStream).map(Map.Entry::getKey).toList();
  }

  boolean isNull(String pointer) {
    return root.at(pointer).isNull();
  }

  /** Whether the value at the pointer is {@code true}. */
  boolean isTrue(String pointer) {
    return node(pointer).filter(JsonNode::isBoolean).filter(JsonNode::booleanValue).isPresent();
  }

  boolean has(String pointer) {
    return !root.at(pointer).isMissingNode();
  }

  /** The value at the pointer is not what the schema's title says. */
  void fault(String pointer) {
    findings.fault(pointer, "must be " + schema.title(pointer));
  }

  private Optional<JsonNode> node(String pointer) {
    return has(pointer) && !findings.isFaulty(pointer)
        ? Optional.of(root.at(pointer))
        : Optional.empty();
  }
}
