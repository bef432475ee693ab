package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class HistoryTest {
  private static final String QUERIES = "/api/2.0/sql/history/queries";

  private final Client client;
  private final String token;

  HistoryTest(Client client) {
    this.client = client;
    this.token = client.credentials().personalAccessToken();
  }

  @Test
  void entryTellsWhatWasRunByWhomAndHowItEnded() {
    Client.Answer answer =
        client.execute(
            token,
            "/* a note */ WITH t AS (SELECT 1) SELECT * FROM t",
            body ->
                body.putArray("query_tags").addObject().put("key", "team").put("value", "birdie"));
    JsonNode entry = only(answer.id(), token);
    assertThat(entry.path("status").asText()).isEqualTo("FINISHED");
    assertThat(entry.path("statement_type").asText()).isEqualTo("SELECT");
    assertThat(entry.path("query_text").asText()).contains("a note");
    assertThat(entry.path("user_name").asText()).isEqualTo("reader@example.com");
    assertThat(entry.path("warehouse_id").asText()).isEqualTo(client.credentials().warehouseId());
    assertThat(entry.path("rows_produced").asInt()).isEqualTo(1);
    assertThat(entry.path("is_final").asBoolean()).isTrue();
    assertThat(entry.path("query_end_time_ms").asLong() - entry.path("duration").asLong())
        .isEqualTo(entry.path("query_start_time_ms").asLong());
    assertThat(entry.at("/query_tags/0/value").asText()).isEqualTo("birdie");
  }

  @Test
  void failureIsToldAndClosingChangesNothing() {
    Client.Answer failed = client.reader("DROP TABLE main.feedback.nowhere");
    JsonNode entry = only(failed.id(), token);
    assertThat(entry.path("status").asText()).isEqualTo("FAILED");
    assertThat(entry.path("statement_type").asText()).isEqualTo("DROP");
    assertThat(entry.path("error_message").asText()).isEqualTo(failed.message());
    Client.Answer closed = client.reader("SELECT 1");
    client.delete("/api/2.0/sql/statements/" + closed.id(), token);
    assertThat(only(closed.id(), token).path("status").asText()).isEqualTo("FINISHED");
  }

  @Test
  void readerSeesItsOwnAndAnAdministratorAll() {
    Client.Answer own = client.reader("SELECT 1");
    Client.Answer others = client.admin("SELECT 1");
    assertThat(found(others.id(), token)).isEmpty();
    assertThat(found(others.id(), client.credentials().adminToken())).hasSize(1);
    assertThat(found(own.id(), client.credentials().adminToken())).hasSize(1);
  }

  @Test
  void filtersNarrowIt() {
    Client.Answer answer = client.reader("SELECT 1");
    String id = "filter_by.statement_ids=" + answer.id();
    JsonNode entry = only(answer.id(), token);
    long start = entry.path("query_start_time_ms").asLong();
    String range = "&filter_by.query_start_time_range.";
    assertThat(list(id + "&filter_by.statuses=FINISHED&filter_by.statuses=FAILED")).hasSize(1);
    assertThat(list(id + "&filter_by.statuses=FAILED")).isEmpty();
    assertThat(list(id + "&filter_by.user_ids=" + entry.path("user_id").asText())).hasSize(1);
    assertThat(list(id + "&filter_by.user_ids=1")).isEmpty();
    assertThat(list(id + "&filter_by.warehouse_ids=ffff")).isEmpty();
    assertThat(list(id + range + "start_time_ms=" + start)).hasSize(1);
    assertThat(list(id + range + "end_time_ms=" + (start - 1))).isEmpty();
    assertThat(client.get(QUERIES + "?" + range.substring(1) + "end_time_ms=x", token).status())
        .isEqualTo(400);
  }

  @Test
  void pagesGoFromTheNewestToTheOldestWithoutGaps() {
    List<String> newestFirst = new ArrayList<>();
    StringBuilder filter = new StringBuilder("include_metrics=true&max_results=2");
    for (int i = 0; i < 5; i++) {
      String id = client.reader("SELECT " + i).id();
      newestFirst.addFirst(id);
      filter.append("&filter_by.statement_ids=").append(id);
    }
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = client.get(QUERIES + "?" + filter + next, token).body();
      page.path("res").forEach(entry -> seen.add(entry.path("query_id").asText()));
      assertThat(page.has("next_page_token")).isEqualTo(page.path("has_next_page").asBoolean());
      next =
          page.has("next_page_token") ? "&page_token=" + page.path("next_page_token").asText() : "";
    } while (!next.isEmpty());
    assertThat(seen).containsExactlyElementsOf(newestFirst);
    assertThat(client.get(QUERIES + "?page_token=!", token).status()).isEqualTo(400);
    assertThat(client.get(QUERIES + "?max_results=0", token).status()).isEqualTo(400);
  }

  private JsonNode only(String id, String as) {
    List<JsonNode> found = found(id, as);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<JsonNode> found(String id, String as) {
    return entries(client.get(QUERIES + "?filter_by.statement_ids=" + id, as));
  }

  private List<JsonNode> list(String query) {
    return entries(client.get(QUERIES + "?" + query, token));
  }

  private static List<JsonNode> entries(Client.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    List<JsonNode> entries = new ArrayList<>();
    answer.body().path("res").forEach(entries::add);
    return entries;
  }
}
