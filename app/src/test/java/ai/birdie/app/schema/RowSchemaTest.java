package ai.birdie.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.contract.Contract;
import ai.birdie.core.contract.Shape;
import ai.birdie.core.contract.SourceColumn;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.FieldType;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.testkit.SampleRows;
import ai.birdie.testkit.TestFeeds;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schema and the contract agree on what is sound. */
class RowSchemaTest {

  private static final long SEED = 20_261_126;

  static Stream<RecordKind> kinds() {
    return RecordKinds.all().stream().filter(kind -> !kind.asItIs());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void takesWhatTheContractTakes(RecordKind kind) {
    SampleRows rows = new SampleRows(contract(kind, false), SEED);
    Schema schema = schema(kind);
    for (int i = 0; i < 200; i++) {
      Map<String, Object> row = rows.sound();
      assertThat(errors(schema, kind, row)).as("seed %d: %s", SEED, row).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void refusesWhateverBreaksARule(RecordKind kind) {
    Schema schema = schema(kind);
    List<SampleRows.Broken> broken = new SampleRows(contract(kind, true), SEED).broken();
    assertThat(broken).hasSizeGreaterThan(kind.key().size());
    for (SampleRows.Broken row : broken) {
      assertThat(errors(schema, kind, row.values())).as(row.toString()).isNotEmpty();
    }
  }

  private static Schema schema(RecordKind kind) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(RowSchema.of(kind));
  }

  private static List<Error> errors(Schema schema, RecordKind kind, Map<String, Object> row) {
    ObjectNode record = JsonMapper.shared().createObjectNode();
    for (Field field : kind.fields()) {
      Object value = row.get(field.name());
      if (value != null) {
        record.set(field.name(), node(field, value));
      }
    }
    return schema.validate(
        record, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  private static JsonNode node(Field field, Object value) {
    boolean number = field.type() == FieldType.INTEGER || field.type() == FieldType.NUMBER;
    return number && value.toString().matches("-?[0-9.]+")
        ? JsonMapper.shared().readTree(value.toString())
        : JsonMapper.shared().valueToTree(value.toString());
  }

  /** Of a table whose columns are all text, or of one that is typed as the kind is. */
  private static Contract contract(RecordKind kind, boolean text) {
    return Contract.of(
        TestFeeds.of(kind),
        kind.fields().stream()
            .map(field -> new SourceColumn(field.name(), text ? Shape.TEXT : shape(field.type())))
            .toList());
  }

  private static Shape shape(FieldType type) {
    return switch (type) {
      case TEXT -> Shape.TEXT;
      case TIMESTAMP -> Shape.TIMESTAMP;
      case INTEGER -> Shape.WHOLE;
      case NUMBER -> Shape.FLOATING;
    };
  }
}
