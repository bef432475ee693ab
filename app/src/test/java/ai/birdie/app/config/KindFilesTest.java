package ai.birdie.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.app.schema.KindDocument;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KindFilesTest {

  private static final String OWN =
      """
      {"id": "return_request", "display_name": "Return Request", "family": "feedback",
       "fields": [
         {"name": "feedback_id", "type": "text", "need": "required"},
         {"name": "text", "type": "text"},
         {"name": "reason", "type": "text", "need": "required", "words": ["broken", "late"]},
         {"name": "items", "type": "integer", "range": [1, 99]}],
       "key": ["feedback_id"], "any_of": ["text", "items"]}
      """;

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  Path folder;

  static Stream<RecordKind> kinds() {
    return RecordKinds.all().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsBackWhatIsPrintedOfEveryKind(RecordKind kind) throws IOException {
    assertThat(KindFiles.read(file(KindDocument.of(kind).toString()))).isEqualTo(kind);
  }

  @Test
  void readsAKindOfTheUsers() throws IOException {
    RecordKind kind = KindFiles.read(file(OWN));

    assertThat(kind.key()).containsExactly("feedback_id");
    assertThat(kind.anyOf()).containsExactly("text", "items");
    assertThat(kind.field("items").orElseThrow().domain()).isEqualTo(new Domain.Range(1, 99));
    assertThat(kind.field("reason").orElseThrow().domain())
        .isEqualTo(new Domain.Words(List.of("broken", "late")));
    assertThat(KindFiles.read(file(KindDocument.of(kind).toString()))).isEqualTo(kind);
  }

  @Test
  void readsTheSchemasExamples() throws IOException {
    for (JsonNode example : schema().path("examples")) {
      assertThat(KindFiles.read(file(example.toString())).id()).isEqualTo("return_request");
    }
  }

  @Test
  void findsEveryFaultAtOnceAndRepeatsNoValue() throws IOException {
    String bad =
        """
        {"id": "quarantine", "display_name": "Canary Kind", "family": "conversation",
         "fields": [
           {"name": "text", "type": "text", "range": [1, 2]},
           {"name": "text", "type": "number", "words": ["canary"]},
           {"name": "rating", "type": "number", "range": [5, 1]},
           {"name": "kind", "type": "canary"},
           {"name": "additional_fields", "type": "text", "ned": "required"}],
         "key": ["canary"]}
        """;
    Path file = file(bad);
    assertThatThrownBy(() -> KindFiles.read(file))
        .isInstanceOf(ConfigException.class)
        .message()
        .contains(
            "/id must not be conversation, feedback, quarantine",
            "/display_name must be the id in other letters",
            "/fields/0/range must not be there: its field is no number",
            "/fields/1/name must be another name",
            "/fields/1/words must not be there: its field is no text",
            "/fields/2/range must be two numbers, the smaller first",
            "/fields/3/type must be \"text\", \"timestamp\", \"integer\", or \"number\"",
            "/fields/4/name must not be additional_fields",
            "/fields/4/ned is not a key that Birdie knows here; did you mean \"need\"?",
            "/fields must have the field conversation_id",
            "/fields must have the field message_id",
            "/key/0 must be the name of one of the fields")
        .doesNotContainIgnoringCase("canary\"")
        .doesNotContain("Canary Kind");
  }

  @Test
  void refusesAnotherMeaningOfAKindThatThereIs() throws IOException {
    Path file = file(KindDocument.of(RecordKinds.NPS).toString().replace("[0,10]", "[0,11]"));
    assertThatThrownBy(() -> KindFiles.read(file))
        .hasMessageContaining("/id must not be that of a kind that Birdie has");
  }

  @Test
  void aConnectionNamesItsKind() throws IOException {
    Files.writeString(folder.resolve("own.kind.json"), OWN);

    assertThat(connection("Return Request", "own.kind.json").feeds())
        .singleElement()
        .satisfies(feed -> {
          assertThat(feed.kind().id()).isEqualTo("return_request");
          assertThat(feed.key()).containsExactly("feedback_id");
        });
    assertThatThrownBy(() -> connection("NPS", "own.kind.json"))
        .hasMessageContaining("/metadata/kind_file is of use only where data_kind names the kind");
    assertThatThrownBy(() -> connection("return_request", "none.json"))
        .hasMessageContaining("/metadata/kind_file must name a file that exists");
  }

  private Connection connection(String kind, String kindFile) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("returns.json"),
            """
            {"connection_details": {"host": "https://dbc-a.cloud.databricks.com", "warehouse_id": "w1",
              "auth": {"client_id": "c", "client_secret": "s"}},
             "data_source": {"catalog": "main", "schema": "voc", "table": "returns", "partition_column": "updated_at"},
             "metadata": {"data_kind": "%s", "kind_file": "%s"}}
            """
                .formatted(kind, kindFile));
    return new ConnectionFiles(Map.of(), HostRule.PUBLIC).read(file);
  }

  @Test
  void theSchemaThatIsPublishedIsTheOneThatIsUsed() throws IOException {
    Path published =
        Path.of(System.getProperty("birdie.root", "..")).resolve("docs/reference/kind.schema.json");
    assertThat(JsonMapper.shared().readTree(Files.readString(published))).isEqualTo(schema());
  }

  private static JsonNode schema() throws IOException {
    try (InputStream in = KindFiles.class.getResourceAsStream("kind.schema.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in));
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("some.kind.json"), text);
  }
}
