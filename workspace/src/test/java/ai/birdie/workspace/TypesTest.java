package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each type's values look like in an answer: as texts, and as Arrow. */
@ExtendWith(Running.class)
final class TypesTest {
  /**
   * One value.
   *
   * @param expression of the value, in SQL
   * @param typeText as the manifest writes the type
   * @param typeName as the manifest names its sort
   * @param text of the value
   * @param arrowType of the vector
   * @param arrow the vector's value
   */
  private record Value(
      String expression,
      String typeText,
      String typeName,
      String text,
      String arrowType,
      String arrow) {
    static Value of(String typeText, String typeName, String arrowType, String... texts) {
      String arrow = texts.length > 2 ? texts[2] : texts[1];
      return new Value(texts[0], typeText, typeName, texts[1], arrowType, arrow);
    }
  }

  private static final String STAMP = "Timestamp(MICROSECOND, Etc/UTC)";
  private static final String NAIVE = "Timestamp(MICROSECOND, null)";

  private static final List<Value> VALUES =
      List.of(
          Value.of("TINYINT", "BYTE", "Int(8, true)", "-128Y", "-128"),
          Value.of("TINYINT", "BYTE", "Int(8, true)", "127Y", "127"),
          Value.of("SMALLINT", "SHORT", "Int(16, true)", "-32768S", "-32768"),
          Value.of("SMALLINT", "SHORT", "Int(16, true)", "32767S", "32767"),
          Value.of("INT", "INT", "Int(32, true)", "-2147483648", "-2147483648"),
          Value.of("INT", "INT", "Int(32, true)", "2147483647", "2147483647"),
          Value.of(
              "BIGINT", "LONG", "Int(64, true)", "-9223372036854775808L", "-9223372036854775808"),
          Value.of(
              "BIGINT", "LONG", "Int(64, true)", "9223372036854775807L", "9223372036854775807"),
          Value.of("FLOAT", "FLOAT", "FloatingPoint(SINGLE)", "float('-Infinity')", "-Infinity"),
          Value.of("FLOAT", "FLOAT", "FloatingPoint(SINGLE)", "-0F", "-0.0"),
          Value.of("DOUBLE", "DOUBLE", "FloatingPoint(DOUBLE)", "double('NaN')", "NaN"),
          Value.of(
              "DOUBLE",
              "DOUBLE",
              "FloatingPoint(DOUBLE)",
              "1.7976931348623157E308D",
              "1.7976931348623157E308"),
          Value.of(
              "DECIMAL(38,0)",
              "DECIMAL",
              "Decimal(38, 0, 128)",
              "repeat('9', 38)::DECIMAL(38,0)",
              "9".repeat(38)),
          Value.of(
              "DECIMAL(10,4)", "DECIMAL", "Decimal(10, 4, 128)", "-3.14::DECIMAL(10,4)", "-3.1400"),
          Value.of("BOOLEAN", "BOOLEAN", "Bool", "true", "true"),
          Value.of("STRING", "STRING", "Utf8", "''", ""),
          Value.of("STRING", "STRING", "Utf8", "'\"😀\\n\\u0001'", "\"😀\n\u0001"),
          Value.of("STRING", "STRING", "Utf8", "'ab'::VARCHAR(5)", "ab"),
          Value.of("BINARY", "BINARY", "Binary", "X''", ""),
          Value.of("BINARY", "BINARY", "Binary", "X'00FF'", "AP8=", "00ff"),
          Value.of("DATE", "DATE", "Date(DAY)", "DATE'0001-01-01'", "0001-01-01", "-719162"),
          Value.of("DATE", "DATE", "Date(DAY)", "DATE'9999-12-31'", "9999-12-31", "2932896"),
          Value.of(
              "TIMESTAMP",
              "TIMESTAMP",
              STAMP,
              "TIMESTAMP'2021-06-15 12:34:56.789123Z'",
              "2021-06-15T12:34:56.789Z",
              "1623760496789123"),
          Value.of(
              "TIMESTAMP",
              "TIMESTAMP",
              STAMP,
              "TIMESTAMP'0001-01-01 00:00:00Z'",
              "0001-01-01T00:00:00.000Z",
              "-62135596800000000"),
          Value.of(
              "TIMESTAMP",
              "TIMESTAMP",
              STAMP,
              "TIMESTAMP'9999-12-31 23:59:59.999999Z'",
              "9999-12-31T23:59:59.999Z",
              "253402300799999999"),
          Value.of(
              "TIMESTAMP_NTZ",
              "TIMESTAMP_NTZ",
              NAIVE,
              "TIMESTAMP_NTZ'2021-06-15 12:34:56.5'",
              "2021-06-15T12:34:56.500",
              "2021-06-15T12:34:56.500"),
          Value.of(
              "INTERVAL YEAR TO MONTH",
              "INTERVAL",
              "Interval(YEAR_MONTH)",
              "INTERVAL '-1-2' YEAR TO MONTH",
              "INTERVAL '-1-2' YEAR TO MONTH",
              "P-14M"),
          Value.of(
              "INTERVAL MONTH",
              "INTERVAL",
              "Interval(YEAR_MONTH)",
              "INTERVAL '3' MONTH",
              "INTERVAL '3' MONTH",
              "P3M"),
          Value.of(
              "INTERVAL DAY TO SECOND",
              "INTERVAL",
              "Duration(MICROSECOND)",
              "INTERVAL '1 02:03:04.000005' DAY TO SECOND",
              "INTERVAL '1 02:03:04.000005' DAY TO SECOND",
              "PT26H3M4.000005S"),
          Value.of("VOID", "NULL", "Null", "NULL", "null"),
          Value.of(
              "VARIANT",
              "VARIANT",
              "Utf8",
              "parse_json('{\"b\": [1, null], \"a\": 1.50}')",
              "{\"a\":1.5,\"b\":[1,null]}"),
          Value.of("VARIANT", "VARIANT", "Utf8", "parse_json('null')", "null"),
          Value.of("ARRAY<INT>", "ARRAY", "List", "array(1, NULL)", "[1,null]"),
          Value.of("ARRAY<VOID>", "ARRAY", "List", "array()", "[]"),
          Value.of(
              "ARRAY<VARIANT>",
              "ARRAY",
              "List",
              "array(parse_json('[1]'), NULL)",
              "[[1],null]",
              "[\"[1]\",null]"),
          Value.of(
              "MAP<STRING, INT>",
              "MAP",
              "Map(false)",
              "map('k', 1)",
              "{\"k\":1}",
              "[{\"key\":\"k\",\"value\":1}]"),
          Value.of(
              "MAP<STRING, VARIANT>",
              "MAP",
              "Map(false)",
              "map('k', parse_json('{\"x\":1}'))",
              "{\"k\":{\"x\":1}}",
              "[{\"key\":\"k\",\"value\":\"{\\\"x\\\":1}\"}]"),
          Value.of(
              "STRUCT<a: INT, `odd name`: STRING, `in``er`: STRUCT<v: VARIANT>>",
              "STRUCT",
              "Struct",
              "named_struct('a', 1, 'odd name', STRING(NULL), 'in`er', named_struct('v', parse_json('1')))",
              "{\"a\":1,\"odd name\":null,\"in`er\":{\"v\":1}}",
              "{\"a\":1,\"in`er\":{\"v\":\"1\"}}"));

  /** The second row holds a null of each type. */
  private static final String STATEMENT =
      IntStream.range(0, VALUES.size())
          .mapToObj(i -> "if(id = 0, " + VALUES.get(i).expression() + ", NULL) AS c" + i)
          .collect(Collectors.joining(",\n", "SELECT ", " FROM range(0, 2, 1, 1)"));

  private final Client client;
  private final String token;

  TypesTest(Client client) {
    this.client = client;
    this.token = client.credentials().adminToken();
  }

  @Test
  void everyTypeIsDescribedAndItsValuesAreTexts() {
    Client.Answer answer = client.admin(STATEMENT);
    for (int i = 0; i < VALUES.size(); i++) {
      Value value = VALUES.get(i);
      JsonNode column = answer.body().at("/manifest/schema/columns/" + i);
      JsonNode rows = answer.body().at("/result/data_array");
      assertThat(column.path("type_text").asText())
          .as(value.expression())
          .isEqualTo(value.typeText());
      assertThat(column.path("type_name").asText())
          .as(value.expression())
          .isEqualTo(value.typeName());
      assertThat(rows.at("/0/" + i).asText()).as(value.expression()).isEqualTo(value.text());
      assertThat(rows.at("/1/" + i).isNull()).as(value.expression()).isTrue();
    }
  }

  @Test
  void everyTypeIsArrowOfItsOwn() throws IOException {
    Client.Answer answer = links(STATEMENT);
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(chunk(answer)), allocator)) {
      assertThat(reader.loadNextBatch()).isTrue();
      for (int i = 0; i < VALUES.size(); i++) {
        Value value = VALUES.get(i);
        FieldVector vector = reader.getVectorSchemaRoot().getVector(i);
        Field field = vector.getField();
        assertThat(field.getType()).as(value.expression()).hasToString(value.arrowType());
        assertThat(shown(vector.getObject(0))).as(value.expression()).isEqualTo(value.arrow());
        assertThat(vector.getObject(1)).as(value.expression()).isNull();
      }
    }
  }

  @Test
  void intervalsSayOfWhichFields() {
    JsonNode columns =
        client
            .admin("SELECT INTERVAL '1-2' YEAR TO MONTH, INTERVAL '5' SECOND, 1")
            .body()
            .at("/manifest/schema/columns");
    assertThat(columns.at("/0/type_interval_type").asText()).isEqualTo("YEAR TO MONTH");
    assertThat(columns.at("/1/type_interval_type").asText()).isEqualTo("SECOND");
    assertThat(columns.at("/2/type_interval_type").isMissingNode()).isTrue();
  }

  @Test
  void shapesAreWellKnownBinary() throws IOException {
    String point = "X'0101000000000000000000F03F0000000000000040'";
    String statement = "SELECT st_geomfromwkb(" + point + "), st_geogfromwkb(" + point + ")";
    Client.Answer texts = client.admin(statement);
    assertThat(texts.rows())
        .containsExactly(List.of("AQEAAAAAAAAAAADwPwAAAAAAAABA", "AQEAAAAAAAAAAADwPwAAAAAAAABA"));
    assertThat(texts.typeTexts()).containsExactly("GEOMETRY(0)", "GEOGRAPHY(4326)");
    assertThat(chunk(links(statement))).isNotEmpty();
  }

  private Client.Answer links(String statement) {
    Client.Answer answer =
        client.execute(
            token,
            statement,
            body -> body.put("disposition", "EXTERNAL_LINKS").put("format", "ARROW_STREAM"));
    assertThat(answer.state()).as(answer.message()).isEqualTo("SUCCEEDED");
    return answer;
  }

  private byte[] chunk(Client.Answer answer) {
    return client.fetch(answer.body().at("/result/external_links/0/external_link").asText()).body();
  }

  private static String shown(Object value) {
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
  }
}
