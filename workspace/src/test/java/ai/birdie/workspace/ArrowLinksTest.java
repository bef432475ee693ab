package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.workspace.clock.WorkspaceClock;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class ArrowLinksTest {
  private final Client client;
  private final WorkspaceClock clock;
  private final String token;

  ArrowLinksTest(Client client, WorkspaceClock clock) {
    this.client = client;
    this.clock = clock;
    this.token = client.credentials().personalAccessToken();
  }

  @AfterEach
  void setTheClockBack() {
    clock.reset();
  }

  @Test
  void chunksTileTheResultInOrder() throws IOException {
    Client.Answer answer = execute("SELECT id FROM range(0, 1000) ORDER BY id DESC", "NONE");
    JsonNode manifest = answer.body().path("manifest");
    assertThat(manifest.path("total_row_count").asInt()).isEqualTo(1000);
    assertThat(manifest.path("total_chunk_count").asInt()).isGreaterThan(5);
    List<String> ids = new ArrayList<>();
    for (JsonNode chunk : manifest.path("chunks")) {
      assertThat(chunk.path("row_offset").asInt()).isEqualTo(ids.size());
      assertThat(chunk.path("row_count").asInt()).isBetween(1, Running.CHUNK_ROWS);
      ids.addAll(firstColumn(fetch(answer, chunk.path("chunk_index").asInt())));
    }
    List<String> expected = new ArrayList<>();
    for (int id = 999; id >= 0; id--) {
      expected.add(Integer.toString(id));
    }
    assertThat(ids).isEqualTo(expected);
  }

  @Test
  void firstAnswerHasLinksThatNameTheNextChunk() {
    JsonNode link =
        execute("SELECT * FROM main.feedback.nps", "NONE").body().at("/result/external_links/0");
    assertThat(link.path("chunk_index").asInt(-1)).isZero();
    assertThat(link.path("next_chunk_index").asInt()).isEqualTo(1);
    assertThat(link.path("next_chunk_internal_link").asText()).endsWith("/result/chunks/1");
    assertThat(link.path("external_link").asText()).contains("X-Amz-Expires=", "X-Amz-Signature=");
    assertThat(link.path("expiration").asText()).matches("\\d{4}-.*Z");
  }

  @Test
  void typesAreNativeAndVariantIsJson() throws IOException {
    Client.Answer answer =
        execute(
            """
            SELECT 1 AS i, 2L AS l, 3.14BD AS d, 's' AS s, TIMESTAMP'2021-06-15 12:34:56.789123Z' AS t,
              TIMESTAMP_NTZ'2021-06-15 12:34:56' AS n, DATE'2021-01-01' AS day, array(1) AS a,
              map('k', 1) AS m, named_struct('x', 1) AS r, parse_json('{"a": 1}') AS v
            """,
            "NONE");
    assertThat(answer.typeTexts().getLast()).isEqualTo("VARIANT");
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(fetch(answer, 0)), allocator)) {
      List<String> types =
          reader.getVectorSchemaRoot().getSchema().getFields().stream()
              .map(Field::getType)
              .map(Object::toString)
              .toList();
      assertThat(types)
          .containsExactly(
              "Int(32, true)",
              "Int(64, true)",
              "Decimal(3, 2, 128)",
              "Utf8",
              "Timestamp(MICROSECOND, Etc/UTC)",
              "Timestamp(MICROSECOND, null)",
              "Date(DAY)",
              "List",
              "Map(false)",
              "Struct",
              "Utf8");
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.getVectorSchemaRoot().getVector("v").getObject(0)).hasToString("{\"a\":1}");
      assertThat(reader.getVectorSchemaRoot().getVector("t").getObject(0))
          .isEqualTo(1_623_760_496_789_123L);
    }
  }

  @Test
  void compressionIsDoneWhereAskedFor() throws IOException {
    Client.Answer plain = execute("SELECT id FROM range(400)", "NONE");
    Client.Answer compressed = execute("SELECT id FROM range(400)", "LZ4_FRAME");
    assertThat(compressed.body().at("/manifest/result_compression").asText())
        .isEqualTo("LZ4_FRAME");
    byte[] frame = fetch(compressed, 0);
    assertThat(frame).startsWith(0x04, 0x22, 0x4D, 0x18);
    try (InputStream decoded = new LZ4FrameInputStream(new ByteArrayInputStream(frame))) {
      assertThat(firstColumn(decoded.readAllBytes())).isEqualTo(firstColumn(fetch(plain, 0)));
    }
  }

  @Test
  void smallResultIsInTheFirstAnswerWhereTheClientLeavesTheChoice() throws IOException {
    Client.Answer answer = executeEither("SELECT 7", "NONE");
    assertThat(answer.body().at("/manifest/format").asText()).isEqualTo("ARROW_STREAM");
    assertThat(answer.body().at("/result/row_count").asInt()).isEqualTo(1);
    assertThat(answer.body().path("result").has("external_links")).isFalse();
    byte[] attached = answer.body().at("/result/attachment").binaryValue();
    assertThat(firstColumn(attached)).containsExactly("7");
    assertThat(fetch(answer, 0)).isEqualTo(attached);
    byte[] frame =
        executeEither("SELECT 7", "LZ4_FRAME").body().at("/result/attachment").binaryValue();
    try (InputStream decoded = new LZ4FrameInputStream(new ByteArrayInputStream(frame))) {
      assertThat(decoded.readAllBytes()).isEqualTo(attached);
    }
  }

  @Test
  void whoAsksLaterOrForMuchGetsLinksWhereTheClientLeavesTheChoice() {
    Client.Answer small = executeEither("SELECT 7", "NONE");
    Client.Answer later = client.get("/api/2.0/sql/statements/" + small.id(), token);
    Client.Answer chunks = executeEither("SELECT id FROM range(1000)", "NONE");
    Client.Answer bytes = executeEither("SELECT repeat('x', 5000000)", "NONE");
    for (Client.Answer answer : List.of(later, chunks, bytes)) {
      assertThat(answer.body().path("result").has("attachment")).isFalse();
      assertThat(answer.body().at("/result/external_links/0").has("external_link")).isTrue();
    }
  }

  @Test
  void emptyResultHasNoLinks() {
    JsonNode body = execute("SELECT * FROM main.feedback.nps WHERE false", "NONE").body();
    assertThat(body.at("/manifest/total_chunk_count").asInt(-1)).isZero();
    assertThat(body.at("/manifest/total_row_count").asInt(-1)).isZero();
    assertThat(body.path("result").isEmpty()).isTrue();
  }

  @Test
  void limitsCutAndSaySo() {
    Client.Answer rows =
        client.execute(
            token,
            "SELECT id FROM range(1000)",
            body ->
                body.put("disposition", "EXTERNAL_LINKS")
                    .put("format", "ARROW_STREAM")
                    .put("row_limit", 7));
    assertThat(rows.body().at("/manifest/total_row_count").asInt()).isEqualTo(7);
    assertThat(rows.body().at("/manifest/truncated").asBoolean()).isTrue();
    Client.Answer bytes =
        client.execute(
            token,
            "SELECT id FROM range(1000)",
            body ->
                body.put("disposition", "EXTERNAL_LINKS")
                    .put("format", "ARROW_STREAM")
                    .put("byte_limit", 4000));
    assertThat(bytes.body().at("/manifest/total_byte_count").asInt()).isLessThanOrEqualTo(4000);
    assertThat(bytes.body().at("/manifest/truncated").asBoolean()).isTrue();
  }

  @Test
  void linkRefusesACredential() {
    HttpResponse<byte[]> response =
        client.fetch(link(execute("SELECT 1", "NONE"), 0), "Authorization", "Bearer " + token);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("<Code>InvalidArgument</Code>");
  }

  @Test
  void tamperedLinkIsRefused() {
    String link = link(execute("SELECT 1", "NONE"), 0);
    assertThat(client.fetch(link.replace("X-Amz-Expires=900", "X-Amz-Expires=9000")).statusCode())
        .isEqualTo(403);
    assertThat(client.fetch(link.replaceFirst("/0\\?", "/1?")).statusCode()).isEqualTo(403);
    assertThat(client.fetch(link.replaceFirst("\\?.*", "")).statusCode()).isEqualTo(403);
  }

  @Test
  void linkExpiresAndAFreshOneIsHad() {
    Client.Answer answer = execute("SELECT 1", "NONE");
    String link = link(answer, 0);
    assertThat(client.fetch(link).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(16));
    HttpResponse<byte[]> expired = client.fetch(link);
    assertThat(expired.statusCode()).isEqualTo(403);
    assertThat(new String(expired.body(), StandardCharsets.UTF_8)).contains("Request has expired");
    assertThat(client.fetch(link(answer, 0)).statusCode()).isEqualTo(200);
  }

  @Test
  void resultIsGoneAfterAnHour() {
    Client.Answer answer = execute("SELECT 1", "NONE");
    String chunk = "/api/2.0/sql/statements/" + answer.id() + "/result/chunks/0";
    assertThat(client.get(chunk, token).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(61));
    Client.Answer gone = client.get(chunk, token);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.body().path("message").asText()).contains("was not found");
  }

  private Client.Answer execute(String statement, String compression) {
    return execute(statement, "EXTERNAL_LINKS", compression);
  }

  private Client.Answer executeEither(String statement, String compression) {
    return execute(statement, "INLINE_OR_EXTERNAL_LINKS", compression);
  }

  private Client.Answer execute(String statement, String disposition, String compression) {
    Client.Answer answer =
        client.execute(
            token,
            statement,
            body ->
                body.put("disposition", disposition)
                    .put("format", "ARROW_STREAM")
                    .put("result_compression", compression));
    assertThat(answer.state()).as(answer.message()).isEqualTo("SUCCEEDED");
    return answer;
  }

  private String link(Client.Answer answer, int chunk) {
    return client
        .get("/api/2.0/sql/statements/" + answer.id() + "/result/chunks/" + chunk, token)
        .body()
        .at("/external_links/0/external_link")
        .asText();
  }

  private byte[] fetch(Client.Answer answer, int chunk) {
    HttpResponse<byte[]> response = client.fetch(link(answer, chunk));
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private static List<String> firstColumn(byte[] stream) throws IOException {
    List<String> values = new ArrayList<>();
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
      while (reader.loadNextBatch()) {
        FieldVector vector = reader.getVectorSchemaRoot().getVector(0);
        for (int i = 0; i < vector.getValueCount(); i++) {
          values.add(String.valueOf(vector.getObject(i)));
        }
      }
    }
    return values;
  }
}
