package ai.birdie.app.schema;

import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.RecordKind;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A kind in the form in which a file defines one. */
public final class KindDocument {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private KindDocument() {}

  /** The definition; reading it back gives the same kind. */
  public static ObjectNode of(RecordKind kind) {
    ObjectNode document = NODES.objectNode();
    document.put("id", kind.id());
    document.put("display_name", kind.displayName());
    document.put("family", KindWords.of(kind.family()));
    document.put("meaning", kind.meaning());
    ArrayNode fields = document.putArray("fields");
    kind.fields().forEach(field -> fields.add(of(field)));
    document.set("key", texts(kind.key()));
    document.set("any_of", texts(kind.anyOf()));
    return document;
  }

  private static ObjectNode of(Field field) {
    ObjectNode document = NODES.objectNode();
    document.put("name", field.name());
    document.put("type", KindWords.of(field.type()));
    document.put("need", KindWords.of(field.need()));
    switch (field.domain()) {
      case Domain.Any _ -> {}
      case Domain.Range(double from, double to) ->
          document.putArray("range").add(number(from)).add(number(to));
      case Domain.Words(List<String> words) -> document.set("words", texts(words));
    }
    document.put("level", KindWords.of(field.level()));
    document.put("basis", KindWords.of(field.basis()));
    document.put("meaning", field.meaning());
    return document;
  }

  /** A whole number as people write it. */
  static JsonNode number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? NODES.numberNode((long) value)
        : NODES.numberNode(value);
  }

  static ArrayNode texts(List<String> texts) {
    ArrayNode array = NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
