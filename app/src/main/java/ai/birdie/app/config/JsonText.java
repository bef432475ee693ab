package ai.birdie.app.config;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one JSON object, notes where every key and value stands, and names what is not JSON without
 * quoting it.
 */
final class JsonText {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final String text;
  private final Findings findings;
  private String lastName = "";
  private boolean inText;

  private JsonText(String text, Findings findings) {
    this.text = text;
    this.findings = findings;
  }

  /** The object; empty, with one fault or more, if the text is not one JSON object. */
  static Optional<ObjectNode> read(String text, Findings findings) {
    return new JsonText(text, findings).read();
  }

  private Optional<ObjectNode> read() {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      try {
        return document(parser);
      } catch (StreamConstraintsException e) {
        fault(
            parser.currentLocation(),
            "is nested too deep here, or has a number or name that is too long");
      } catch (UnexpectedEndOfInputException e) {
        fault(e.getLocation(), "must be complete JSON: the file ends in the middle of it");
      } catch (JacksonException e) {
        fault(e.getLocation(), "must be JSON: expected here is " + expected(parser, e));
      }
    }
    return Optional.empty();
  }

  private Optional<ObjectNode> document(JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first == null) {
      findings.faultAt(Place.START, Pointer.ROOT, "must be one JSON object, but the file is empty");
      return Optional.empty();
    }
    Place start = place(parser.currentTokenLocation());
    JsonNode node = node(parser, first, Pointer.ROOT);
    if (parser.nextToken() != null) {
      fault(parser.currentTokenLocation(), "must end after its one JSON object");
      return Optional.empty();
    }
    if (node instanceof ObjectNode object) {
      return Optional.of(object);
    }
    findings.faultAt(start, Pointer.ROOT, "must be one JSON object, in { and }");
    return Optional.empty();
  }

  private JsonNode node(JsonParser parser, JsonToken token, String pointer) {
    findings.standsAt(pointer, place(parser.currentTokenLocation()));
    return switch (token) {
      case START_OBJECT -> object(parser, pointer);
      case START_ARRAY -> array(parser, pointer);
      case VALUE_STRING -> JsonNodeFactory.instance.stringNode(text(parser));
      case VALUE_NUMBER_INT -> JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> JsonNodeFactory.instance.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> JsonNodeFactory.instance.booleanNode(true);
      case VALUE_FALSE -> JsonNodeFactory.instance.booleanNode(false);
      case VALUE_NULL -> JsonNodeFactory.instance.nullNode();
      default -> throw new IllegalStateException("Not the beginning of a value: " + token);
    };
  }

  private String text(JsonParser parser) {
    inText = true;
    String value = parser.getString(); // only now does the parser look at what is in the text
    inText = false;
    return value;
  }

  private ObjectNode object(JsonParser parser, String pointer) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      lastName = name;
      String child = Pointer.child(pointer, name);
      Place key = place(parser.currentTokenLocation());
      if (object.has(name)) {
        findings.faultAt(key, child, "must be given once, but this is the second time");
        node(parser, parser.nextToken(), child);
      } else {
        findings.isNamedAt(child, key);
        object.set(name, node(parser, parser.nextToken(), child));
      }
    }
    return object;
  }

  private ArrayNode array(JsonParser parser, String pointer) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(node(parser, token, Pointer.child(pointer, array.size())));
    }
    return array;
  }

  private String expected(JsonParser parser, JacksonException e) {
    int at = Math.toIntExact(e.getLocation().getCharOffset());
    if (inText) {
      return "text with \\n for a line break and \\\\ for a backslash, up to a closing double quote";
    }
    boolean inObject = parser.streamReadContext().inObject();
    boolean inArray = parser.streamReadContext().inArray();
    char before = lastBefore(at);
    return switch (before) {
      case '{' -> "a key in double quotes, or }";
      case '[' -> "a value, or ]";
      case ':' -> "a value: text in double quotes, a number, true, false, null, { or [";
      case ',' -> inObject ? "a key in double quotes" : "a value";
      default -> {
        if (inObject && before == '"' && !lastName.equals(parser.currentName())) {
          yield "a colon";
        }
        if (inWord(at)) {
          yield "a number, true, false, or null as JSON writes them";
        }
        yield inObject ? "a comma or }" : inArray ? "a comma or ]" : atRoot(at);
      }
    };
  }

  /** Whether the fault lies within a number or a bare word, rather than between two tokens. */
  private boolean inWord(int at) {
    if (at == 0) {
      return false;
    }
    char before = text.charAt(at - 1);
    boolean unfinished = before == '.' || before == '-' || before == '+';
    boolean word = isWordPart(before) && at < text.length() && isWordPart(text.charAt(at));
    return unfinished || word;
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '+' || c == '-' || c == '_';
  }

  private String atRoot(int at) {
    return text.substring(0, at).isBlank() ? "one JSON object, in { and }" : "the end of the file";
  }

  private char lastBefore(int at) {
    String before = text.substring(0, Math.min(at, text.length())).stripTrailing();
    return before.isEmpty() ? ' ' : before.charAt(before.length() - 1);
  }

  private void fault(TokenStreamLocation location, String expected) {
    findings.faultAt(place(location), Pointer.ROOT, expected);
  }

  private static Place place(TokenStreamLocation location) {
    return new Place(location.getLineNr(), location.getColumnNr());
  }
}
