package ai.birdie.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A connection file of a test: one that is right, until something of it is changed. */
public final class Sample {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ObjectNode root;

  private Sample(String json) {
    root = (ObjectNode) JSON.readTree(json);
  }

  public static Sample oauth() {
    return new Sample(
        """
        {
          "connection_details": {
            "host": "https://dbc-0123.cloud.databricks.com",
            "warehouse_id": "0123456789abcdef",
            "auth": {"method": "oauth", "client_id": "fab9e00e-ca35", "client_secret": "dose1234"}
          },
          "data_source": {
            "catalog": "main", "schema": "voc", "table": "tickets", "partition_column": "loaded_at"
          },
          "metadata": {"data_kind": "Support Ticket"}
        }
        """);
  }

  public static Sample pat() {
    return oauth()
        .with("/connection_details/auth", "{'method': 'pat', 'personal_access_token': 'dapi1'}");
  }

  /** Sets a value, given as JSON with single quotes. */
  public Sample with(String pointer, String json) {
    JsonPointer path = JsonPointer.compile(pointer);
    ObjectNode parent = path.length() == 1 ? root : root.withObject(path.head());
    parent.set(path.last().getMatchingProperty(), JSON.readTree(json.replace('\'', '"')));
    return this;
  }

  /** Sets a text value, whatever is in it. */
  public Sample withText(String pointer, String text) {
    JsonPointer path = JsonPointer.compile(pointer);
    root.withObject(path.head()).put(path.last().getMatchingProperty(), text);
    return this;
  }

  public Sample without(String pointer) {
    JsonPointer path = JsonPointer.compile(pointer);
    ObjectNode parent = path.length() == 1 ? root : (ObjectNode) root.at(path.head());
    parent.remove(path.last().getMatchingProperty());
    return this;
  }

  ObjectNode copy() {
    return root.deepCopy();
  }

  /** Writes the file, spread over lines. */
  public Path in(Path folder) {
    return write(
        folder.resolve("tickets.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
  }

  public static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
