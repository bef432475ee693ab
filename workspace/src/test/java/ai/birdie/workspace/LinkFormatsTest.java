package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class LinkFormatsTest {
  private final Client client;
  private final String token;

  LinkFormatsTest(Client client) {
    this.client = client;
    this.token = client.credentials().personalAccessToken();
  }

  @Test
  void jsonChunksAreArraysOfArraysOfTexts() {
    Client.Answer answer =
        links("JSON_ARRAY", "SELECT 'it''s \"é\"\n', 1.50BD, NULL, array(1, 2)", body -> {});
    assertThat(answer.body().at("/manifest/format").asText()).isEqualTo("JSON_ARRAY");
    assertThat(text(answer, 0)).isEqualTo("[[\"it's \\\"é\\\"\\n\",\"1.50\",null,\"[1,2]\"]]");
  }

  @Test
  void jsonChunksTileTheResultInAnyOrderAndAtOnce() {
    Client.Answer answer =
        links("JSON_ARRAY", "SELECT id FROM range(1000) ORDER BY id DESC", body -> {});
    int chunks = answer.body().at("/manifest/total_chunk_count").asInt();
    assertThat(chunks).isGreaterThan(5);
    List<String> ids =
        IntStream.range(0, chunks)
            .parallel()
            .mapToObj(chunk -> rows(answer, chunks - 1 - chunk))
            .toList()
            .reversed()
            .stream()
            .flatMap(List::stream)
            .toList();
    assertThat(ids)
        .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> Integer.toString(999 - i)).toList());
  }

  @Test
  void csvHasItsHeaderInTheFirstChunkOnlyAndNullIsAWord() {
    Client.Answer answer =
        links(
            "CSV",
            "SELECT id, if(id = 0, NULL, 'a,\"b\"') AS `the text` FROM range(400) ORDER BY id",
            body -> {});
    assertThat(answer.body().at("/manifest/format").asText()).isEqualTo("CSV");
    assertThat(text(answer, 0)).startsWith("id,the text\r\n0,null\r\n1,\"a,\"\"b\"\"\"\r\n");
    assertThat(text(answer, 1)).matches("(?s)\\d+,\"a.*");
    JsonNode first = answer.body().at("/manifest/chunks/0");
    assertThat(first.path("byte_count").asInt())
        .isEqualTo(text(answer, 0).getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void rowLimitCutsEveryFormatAndSaysSo() {
    for (String format : List.of("JSON_ARRAY", "CSV", "ARROW_STREAM")) {
      String statement = "SELECT id FROM range(1000) ORDER BY id";
      JsonNode cut = manifest(links(format, statement, body -> body.put("row_limit", 170)));
      assertThat(cut.path("total_row_count").asInt()).as(format).isEqualTo(170);
      assertThat(cut.path("truncated").asBoolean()).as(format).isTrue();
      JsonNode whole = manifest(links(format, statement, body -> body.put("row_limit", 1000)));
      assertThat(whole.path("total_row_count").asInt()).as(format).isEqualTo(1000);
      assertThat(whole.path("truncated").asBoolean(true)).as(format).isFalse();
    }
  }

  @Test
  void byteLimitCutsEveryFormatAndSaysSo() {
    for (String format : List.of("JSON_ARRAY", "CSV", "ARROW_STREAM")) {
      JsonNode cut =
          manifest(
              links(
                  format,
                  "SELECT id, repeat('x', 100) FROM range(1000)",
                  body -> body.put("byte_limit", 20_000)));
      assertThat(cut.path("total_byte_count").asInt()).as(format).isBetween(1, 20_000);
      assertThat(cut.path("total_row_count").asInt()).as(format).isBetween(1, 999);
      assertThat(cut.path("truncated").asBoolean()).as(format).isTrue();
    }
  }

  @Test
  void largeInlineResultComesInChunksThatNameTheNext() {
    Client.Answer answer = client.reader("SELECT id FROM range(70000) ORDER BY id");
    assertThat(answer.body().at("/manifest/total_chunk_count").asInt()).isEqualTo(3);
    List<String> ids = new ArrayList<>();
    JsonNode chunk = answer.body().path("result");
    while (true) {
      assertThat(chunk.path("row_offset").asInt()).isEqualTo(ids.size());
      chunk.path("data_array").forEach(row -> ids.add(row.path(0).asText()));
      if (!chunk.has("next_chunk_internal_link")) {
        break;
      }
      String next = chunk.path("next_chunk_internal_link").asText();
      chunk = client.get(next + "?row_offset=" + ids.size(), token).body();
    }
    assertThat(ids).isEqualTo(IntStream.range(0, 70_000).mapToObj(Integer::toString).toList());
  }

  private Client.Answer links(String format, String statement, Consumer<ObjectNode> more) {
    Client.Answer answer =
        client.execute(
            token,
            statement,
            body -> {
              body.put("disposition", "EXTERNAL_LINKS").put("format", format);
              more.accept(body);
            });
    assertThat(answer.state()).as(answer.message()).isEqualTo("SUCCEEDED");
    return answer;
  }

  private static JsonNode manifest(Client.Answer answer) {
    return answer.body().path("manifest");
  }

  private List<String> rows(Client.Answer answer, int chunk) {
    List<String> values = new ArrayList<>();
    try {
      Client.JSON.readTree(text(answer, chunk)).forEach(row -> values.add(row.path(0).asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  private String text(Client.Answer answer, int chunk) {
    String path = "/api/2.0/sql/statements/" + answer.id() + "/result/chunks/" + chunk;
    String link = client.get(path, token).body().at("/external_links/0/external_link").asText();
    HttpResponse<byte[]> response = client.fetch(link);
    assertThat(response.statusCode()).isEqualTo(200);
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
