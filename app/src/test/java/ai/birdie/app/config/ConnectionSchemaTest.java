package ai.birdie.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schema as it is published. */
class ConnectionSchemaTest {

  private static final Path PUBLISHED =
      Path.of(Objects.requireNonNull(System.getProperty("birdie.root")))
          .resolve("docs/reference/connection.schema.json");

  private final JsonNode schema =
      JsonMapper.shared()
          .readTree(
              Objects.requireNonNull(
                  ConnectionSchema.class.getResourceAsStream("connection.schema.json")));

  @TempDir Path folder;

  @Test
  void publishedSchemaIsTheOneInUse() throws IOException {
    assertThat(PUBLISHED)
        .hasBinaryContent(
            Files.readAllBytes(
                PUBLISHED
                    .resolveSibling("../../app/src/main/resources/ai/birdie/app/config")
                    .resolve("connection.schema.json")));
  }

  @Test
  void schemaIsASchema() {
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(metaSchema.validate(schema)).isEmpty();
  }

  @Test
  void wholeExamplesAreValid() {
    Sample.write(folder.resolve("token.txt"), "dapi1\n");
    ConnectionFiles files =
        new ConnectionFiles(
            Map.of("DATABRICKS_HOST", "https://dbc-1.cloud.databricks.com"), HostRule.PUBLIC);
    assertThat(schema.path("examples").valueStream())
        .hasSize(2)
        .allSatisfy(example -> {
          Path file = Sample.write(folder.resolve("example.json"), example.toString());
          assertThat(files.read(file).feeds()).isNotEmpty();
        });
  }

  @Test
  void examplesAndDefaultsOfEachFieldAreAsTheSchemaSays() {
    fields(Pointer.ROOT, schema)
        .forEach(field ->
            Stream.concat(
                    field.schema().path("examples").valueStream(),
                    Stream.of(field.schema().path("default")).filter(n -> !n.isMissingNode()))
                .forEach(value -> assertThat(faults(field.pointer(), value)).isEmpty()));
  }

  @Test
  void everyFieldSaysWhatItMustBe() {
    assertThat(fields(Pointer.ROOT, schema))
        .hasSizeGreaterThan(20)
        .allSatisfy(field -> {
          assertThat(field.schema().path("title").asString("")).isNotBlank();
          assertThat(field.schema().path("description").asString("")).isNotBlank();
        });
  }

  @Test
  void referenceHasARowForEveryField() throws IOException {
    String reference = Files.readString(PUBLISHED.resolveSibling("connection-file.md"));
    assertThat(fields(Pointer.ROOT, schema))
        .allSatisfy(field -> {
          String key = field.pointer().substring(field.pointer().lastIndexOf('/') + 1);
          assertThat(reference).contains("`" + key + "`");
        });
  }

  private record Field(String pointer, JsonNode schema) {}

  private static Stream<Field> fields(String pointer, JsonNode object) {
    return object
        .path("properties")
        .propertyStream()
        .flatMap(entry -> {
          String child = Pointer.child(pointer, entry.getKey());
          return Stream.concat(
              Stream.of(new Field(child, entry.getValue())), fields(child, entry.getValue()));
        });
  }

  private static List<Fault> faults(String pointer, JsonNode value) {
    Sample sample = Sample.oauth().with(pointer, value.toString());
    Findings findings = new Findings("example");
    ObjectNode root = sample.copy();
    ConnectionSchema.load().check(root, findings);
    return findings.faults();
  }
}
