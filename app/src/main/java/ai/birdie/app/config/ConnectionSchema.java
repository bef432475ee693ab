package ai.birdie.app.config;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A published JSON schema, of connection files or of those that define a kind. A fault is worded by
 * the title of the field that it is in, never by the validator's message, which may quote.
 * Immutable once loaded.
 */
final class ConnectionSchema {

  private final JsonNode document;
  private final Schema schema;

  private ConnectionSchema(JsonNode document) {
    this.document = document;
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(document);
  }

  /** The schema of connection files. */
  static ConnectionSchema load() {
    return load("connection.schema.json");
  }

  /** The schema of files that define a kind. */
  static ConnectionSchema ofKinds() {
    return load("kind.schema.json");
  }

  private static ConnectionSchema load(String resource) {
    try (InputStream in = ConnectionSchema.class.getResourceAsStream(resource)) {
      return new ConnectionSchema(
          JsonMapper.shared().readTree(Objects.requireNonNull(in, resource)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reports whatever in the document is not as the schema says. */
  void check(ObjectNode root, Findings findings) {
    List<Error> errors = schema.validate(root);
    Set<String> misspelt = new HashSet<>();
    for (Error error : errors) {
      if (error.getKeyword().equals("additionalProperties")) {
        unknownKey(error, findings).ifPresent(misspelt::add);
      }
    }
    for (Error error : errors) {
      String pointer = pointer(error.getInstanceLocation());
      switch (error.getKeyword()) {
        case "additionalProperties" -> {}
        case "required" -> {
          if (!misspelt.contains(Pointer.child(pointer, error.getProperty()))) {
            findings.lack(pointer, lack(error));
          }
        }
        default -> findings.fault(pointer, "must be " + title(field(error.getInstanceLocation())));
      }
    }
  }

  /**
   * Reports a key that the schema does not know; the pointer of the one that was probably meant.
   */
  private Optional<String> unknownKey(Error error, Findings findings) {
    String parent = pointer(error.getInstanceLocation());
    String key = error.getProperty();
    Set<String> known = keys(field(error.getInstanceLocation()));
    Optional<String> nearest = Spelling.nearest(key, known);
    Optional<String> home = nearest.isPresent() ? Optional.empty() : home(key);
    String hint =
        nearest
            .map(name -> "did you mean \"" + name + "\"?")
            .or(() -> home.map(pointer -> "it belongs in " + pointer))
            .orElseGet(() -> "known here are " + String.join(", ", known));
    findings.faultOfKey(Pointer.child(parent, key), "is not a key that Birdie knows here; " + hint);
    return nearest.map(name -> Pointer.child(parent, name));
  }

  /** What the value at the pointer is, in words that follow "must be". */
  String title(String pointer) {
    JsonNode field = document;
    for (String key : pointer.substring(1).split("/", -1)) {
      field = member(field, key);
    }
    return title(field);
  }

  private String lack(Error error) {
    String key = error.getProperty();
    JsonNode parent = field(error.getInstanceLocation());
    return "must have \"" + key + "\": " + title(parent.path("properties").path(key));
  }

  /** The one object of the schema that has the key; empty if there are several, or none. */
  private Optional<String> home(String key) {
    List<String> homes = homes(key, Pointer.ROOT, document).toList();
    return homes.size() == 1 ? Optional.of(homes.getFirst()) : Optional.empty();
  }

  private static Stream<String> homes(String key, String pointer, JsonNode object) {
    Stream<String> here =
        keys(object).contains(key) && !pointer.isEmpty() ? Stream.of(pointer) : Stream.empty();
    Stream<String> below =
        object
            .path("properties")
            .propertyStream()
            .flatMap(entry -> homes(key, Pointer.child(pointer, entry.getKey()), entry.getValue()));
    return Stream.concat(here, below);
  }

  private static Set<String> keys(JsonNode field) {
    return field
        .path("properties")
        .propertyStream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String title(JsonNode field) {
    return field.path("title").stringValue("as the schema says");
  }

  private JsonNode field(NodePath path) {
    JsonNode field = document;
    for (int i = 0; i < path.getNameCount(); i++) {
      field =
          path.getElement(i) instanceof Integer
              ? field.path("items")
              : member(field, path.getName(i));
    }
    return field;
  }

  /** What the schema says of a key; of one that it leaves to the user, what it says of all. */
  private static JsonNode member(JsonNode object, String key) {
    JsonNode known = object.path("properties").path(key);
    return known.isMissingNode() ? object.path("additionalProperties") : known;
  }

  private static String pointer(NodePath path) {
    String pointer = Pointer.ROOT;
    for (int i = 0; i < path.getNameCount(); i++) {
      pointer = Pointer.child(pointer, path.getName(i));
    }
    return pointer;
  }
}
