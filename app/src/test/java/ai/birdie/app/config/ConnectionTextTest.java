package ai.birdie.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ConnectionTextTest {

  private static final List<String> MAPPING = List.of("mapping");
  private static final List<String> SCALE = List.of("ingestion", "rating_scale");

  @Test
  void aBlockIsAddedInTheFilesOwnHand() {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("text", "bo\"dy");
    block.put("source", Optional.empty());
    block.put("author_type", Map.of("column", "role", "words", Map.of("admin", "agent")));
    String text =
        """
        {
            "secret" : "${SECRET}",
            "metadata": {"data_kind": "Review"}   }
        """;
    String written = new ConnectionText(text).with(MAPPING, block).text();
    assertThat(written)
        .startsWith(text.substring(0, text.indexOf("   }")))
        .endsWith("   }\n")
        .contains(
            ",\n    \"mapping\": {\n      \"text\": \"bo\\\"dy\",\n      \"source\": null,\n");
    ObjectNode expected = tree(text);
    expected.set("mapping", JsonMapper.shared().valueToTree(block));
    assertThat(tree(written)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\n}\n",
        "{\"a\":1}",
        "{\"a\": [1, 2], \"ingestion\": {}}",
        "{\r\n\t\"mapping\": {\"x\": \"y\"},\r\n\t\"a\": {\"b\": \"}\"}\r\n}\r\n",
        "{\"mapping\": null, \"ingestion\": {\"rating_scale\": [1, 9], \"name\": \"n\"}}",
        "{\"a\": \"\\u007d\", \"mapping\": \"{\", \"ingestion\":{\"lag\" : \"PT1H\" } }",
        "{\"a\": -1.5e3\n}",
        "{\"a\": true}",
        "{\"😀\": \"mapping\"\n,\"b\": 7 }"
      })
  void whateverTheFileLooksLikeOnlyWhatIsSetChanges(String text) {
    Map<String, Object> block = Map.of("text", "body");
    String written =
        new ConnectionText(text).with(MAPPING, block).with(SCALE, List.of(0.0, 10.0)).text();
    ObjectNode expected = tree(text);
    expected.set("mapping", JsonMapper.shared().valueToTree(block));
    expected.withObjectProperty("ingestion").putArray("rating_scale").add(0.0).add(10.0);
    assertThat(tree(written)).isEqualTo(expected);
    assertThat(new ConnectionText(written).with(MAPPING, block).text()).isEqualTo(written);
    if (text.contains("\r\n")) {
      assertThat(written.replace("\r\n", "")).doesNotContain("\n");
    }
  }

  @Test
  void theFileKeepsItsPermissionsAndItsLink(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("real.json"), "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
    ConnectionText.of(link).with(MAPPING, Map.of("text", "body")).writeTo(link);
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).contains("body");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  private static ObjectNode tree(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }
}
