package ai.birdie.app.schema;

import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.RecordKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of a kind's records, as its view presents them. It asks for what the contract
 * asks for: who satisfies it need not fear quarantine.
 */
public final class RowSchema {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String SOMETHING = "[^ \\t\\n\\r]"; // what the contract does not call blank

  private RowSchema() {}

  /** The schema, in the dialect of 2020-12. */
  public static ObjectNode of(RecordKind kind) {
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", kind.displayName());
    schema.put("description", kind.meaning());
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (Field field : kind.fields()) {
      properties.set(field.name(), property(field));
      if (field.mustBeThere()) {
        required.add(field.name());
      }
    }
    if (!kind.anyOf().isEmpty()) {
      ArrayNode anyOf = schema.putArray("anyOf");
      kind.anyOf().forEach(name -> anyOf.add(there(kind.field(name).orElseThrow())));
    }
    return schema;
  }

  private static ObjectNode property(Field field) {
    ObjectNode property = NODES.objectNode();
    property.put("description", field.meaning());
    type(property, field);
    if (field.mustBeThere()) {
      property.setAll(something(field));
    }
    switch (field.domain()) {
      case Domain.Any _ -> {}
      case Domain.Range(double from, double to) -> {
        property.set("minimum", KindDocument.number(from));
        property.set("maximum", KindDocument.number(to));
      }
      case Domain.Words words -> property.set("enum", known(field, words));
    }
    return property;
  }

  private static void type(ObjectNode property, Field field) {
    String type =
        switch (field.type()) {
          case TEXT, TIMESTAMP -> "string";
          case INTEGER -> "integer";
          case NUMBER -> "number";
        };
    if (field.mustBeThere()) {
      property.put("type", type);
    } else {
      property.putArray("type").add(type).add("null");
    }
    switch (field.type()) {
      case TIMESTAMP -> property.put("format", "date-time");
      case INTEGER -> property.put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
      case TEXT, NUMBER -> {}
    }
  }

  private static JsonNode known(Field field, Domain.Words words) {
    ArrayNode known = KindDocument.texts(words.words());
    return field.mustBeThere() ? known : known.addNull();
  }

  /** That the field has a value. */
  private static ObjectNode there(Field field) {
    ObjectNode schema = NODES.objectNode();
    schema.putArray("required").add(field.name());
    ObjectNode value = schema.putObject("properties").putObject(field.name());
    value.putObject("not").put("type", "null");
    value.setAll(something(field));
    return schema;
  }

  private static ObjectNode something(Field field) {
    ObjectNode schema = NODES.objectNode();
    return switch (field.type()) {
      case TEXT -> schema.put("pattern", SOMETHING);
      case TIMESTAMP, INTEGER, NUMBER -> schema;
    };
  }
}
