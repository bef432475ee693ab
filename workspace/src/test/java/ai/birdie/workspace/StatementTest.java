package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class StatementTest {
  private static final String STATEMENTS = "/api/2.0/sql/statements";

  private final Client client;
  private final String token;

  StatementTest(Client client) {
    this.client = client;
    this.token = client.credentials().personalAccessToken();
  }

  @Test
  void valuesOfEveryTypeAreTexts() {
    Client.Answer answer =
        client.reader(
            """
            SELECT 1Y, 2S, 3, 4L, 1.5F, double('NaN'), 3.14BD, 'text', true, X'00FF',
              DATE'2021-01-01', TIMESTAMP'2021-06-15 12:34:56.789123Z',
              TIMESTAMP_NTZ'2021-06-15 12:34:56.5', array(1, NULL), named_struct('a', 1, 'b', 'x'),
              map('k', 1), parse_json('{"a": [1]}'), NULL
            """);
    assertThat(answer.rows())
        .containsExactly(
            List.of(
                "1",
                "2",
                "3",
                "4",
                "1.5",
                "NaN",
                "3.14",
                "text",
                "true",
                "AP8=",
                "2021-01-01",
                "2021-06-15T12:34:56.789Z",
                "2021-06-15T12:34:56.500",
                "[1,null]",
                "{\"a\":1,\"b\":\"x\"}",
                "{\"k\":1}",
                "{\"a\":[1]}",
                "NULL"));
    assertThat(answer.typeTexts())
        .containsExactly(
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(3,2)",
            "STRING",
            "BOOLEAN",
            "BINARY",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP_NTZ",
            "ARRAY<INT>",
            "STRUCT<a: INT, b: STRING>",
            "MAP<STRING, INT>",
            "VARIANT",
            "VOID");
    assertThat(answer.body().at("/manifest/schema/columns/3/type_name").asText()).isEqualTo("LONG");
    assertThat(answer.body().at("/manifest/schema/columns/6/type_scale").asInt()).isEqualTo(2);
    assertThat(answer.body().at("/manifest/total_row_count").asInt()).isEqualTo(1);
    assertThat(answer.body().at("/manifest/truncated").asBoolean(true)).isFalse();
  }

  @Test
  void parametersAreCastToTheirTypes() {
    Client.Answer answer =
        client.execute(
            token,
            "SELECT :text, :time, :naive, :day, :big, :small, :exact, :flag, :real, :none",
            body -> {
              ArrayNode parameters = body.putArray("parameters");
              parameter(parameters, "text", "it's", "STRING");
              parameter(parameters, "time", "2026-01-01T00:00:00.123+02:00", "TIMESTAMP");
              parameter(parameters, "naive", "2026-01-01T10:00:00", "TIMESTAMP_NTZ");
              parameter(parameters, "day", "2026-02-28", "DATE");
              parameter(parameters, "big", "9007199254740993", "BIGINT");
              parameter(parameters, "small", "-7", "INT");
              parameter(parameters, "exact", "12.5", "DECIMAL(10,2)");
              parameter(parameters, "flag", "true", "BOOLEAN");
              parameter(parameters, "real", "0.25", "DOUBLE");
              parameters.addObject().put("name", "none").put("type", "TIMESTAMP");
            });
    assertThat(answer.rows())
        .containsExactly(
            List.of(
                "it's",
                "2025-12-31T22:00:00.123Z",
                "2026-01-01T10:00:00.000",
                "2026-02-28",
                "9007199254740993",
                "-7",
                "12.50",
                "true",
                "0.25",
                "NULL"));
    assertThat(answer.typeTexts().getLast()).isEqualTo("TIMESTAMP");
  }

  @Test
  void windowOfTypedParametersReadsATable() {
    String statement =
        "SELECT count(*) FROM main.feedback.nps WHERE updated_at BETWEEN :start AND :end";
    Client.Answer all =
        client.execute(token, statement, body -> window(body, "2000-01-01T00:00:00Z"));
    Client.Answer none =
        client.execute(token, statement, body -> window(body, "2999-01-01T00:00:00Z"));
    assertThat(Integer.parseInt(all.rows().getFirst().getFirst())).isGreaterThan(900);
    assertThat(none.rows()).containsExactly(List.of("0"));
  }

  @Test
  void unboundAndMalformedParametersFailTheStatement() {
    Client.Answer unbound = client.reader("SELECT :nothing");
    assertThat(unbound.message()).startsWith("[UNBOUND_SQL_PARAMETER]");
    Client.Answer malformed =
        client.execute(
            token, "SELECT :n", body -> parameter(body.putArray("parameters"), "n", "x", "INT"));
    assertThat(malformed.state()).isEqualTo("FAILED");
    assertThat(malformed.message()).startsWith("[CAST_INVALID_INPUT]");
  }

  @Test
  void failuresTellClassAndSqlStateButNoTrace() {
    Client.Answer missing = client.reader("SELECT * FROM main.feedback.nowhere");
    assertThat(missing.status()).isEqualTo(200);
    assertThat(missing.state()).isEqualTo("FAILED");
    assertThat(missing.sqlState()).isEqualTo("42P01");
    assertThat(missing.message())
        .startsWith("[TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`feedback`.`nowhere`")
        .contains("SQLSTATE: 42P01");
    assertThat(client.reader("SELEC 1").sqlState()).isEqualTo("42601");
    Client.Answer column = client.reader("SELECT nothing FROM main.feedback.nps");
    assertThat(column.message()).startsWith("[UNRESOLVED_COLUMN");
    Client.Answer running =
        client.reader("SELECT raise_error(concat('row ', feedback_id)) FROM main.feedback.nps");
    assertThat(running.message()).startsWith("[USER_RAISED_EXCEPTION]").doesNotContain("\tat ");
    assertThat(running.body().at("/status/error/error_code").asText()).isEqualTo("BAD_REQUEST");
  }

  @Test
  void noRowsMeanNoChunks() {
    JsonNode body = client.reader("SELECT 1 AS a WHERE false").body();
    assertThat(body.at("/manifest/total_chunk_count").asInt(-1)).isZero();
    assertThat(body.path("result").isObject()).isTrue();
    assertThat(body.path("result").isEmpty()).isTrue();
  }

  @Test
  void rowLimitCutsAndSaysSo() {
    Client.Answer cut =
        client.execute(token, "SELECT id FROM range(50)", body -> body.put("row_limit", 10));
    assertThat(cut.rows()).hasSize(10);
    assertThat(cut.body().at("/manifest/truncated").asBoolean()).isTrue();
    Client.Answer whole =
        client.execute(token, "SELECT id FROM range(10)", body -> body.put("row_limit", 10));
    assertThat(whole.body().at("/manifest/truncated").asBoolean(true)).isFalse();
  }

  @Test
  void tooLargeForInlineFailsClean() {
    Client.Answer answer = client.reader("SELECT repeat('x', 1000000) FROM range(40)");
    assertThat(answer.state()).isEqualTo("FAILED");
    assertThat(answer.message()).contains("Inline byte limit exceeded");
  }

  @Test
  void statementThatIsNotWaitedForIsPolledAndCancelled() {
    Client.Answer submitted =
        client.execute(
            token,
            "SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 1",
            body -> body.put("wait_timeout", "0s"));
    assertThat(submitted.state()).isIn("PENDING", "RUNNING");
    String path = STATEMENTS + "/" + submitted.id();
    assertThat(client.post(path + "/cancel", token, "").status()).isEqualTo(200);
    assertThat(client.get(path, token).state()).isEqualTo("CANCELED");
  }

  @Test
  void closedStatementHasNoResult() {
    Client.Answer answer = client.reader("SELECT 1");
    String path = STATEMENTS + "/" + answer.id();
    assertThat(client.get(path, token).rows()).containsExactly(List.of("1"));
    assertThat(client.get(path + "/result/chunks/0", token).body().path("row_count").asInt())
        .isEqualTo(1);
    assertThat(client.delete(path, token).status()).isEqualTo(200);
    assertThat(client.get(path, token).state()).isEqualTo("CLOSED");
    assertThat(client.get(path + "/result/chunks/0", token).status()).isEqualTo(404);
  }

  @Test
  void anotherPrincipalsStatementIsNotFound() {
    Client.Answer answer = client.admin("SELECT 1");
    assertThat(client.get(STATEMENTS + "/" + answer.id(), token).status()).isEqualTo(404);
  }

  private static void window(ObjectNode body, String start) {
    ArrayNode parameters = body.putArray("parameters");
    parameter(parameters, "start", start, "TIMESTAMP");
    parameter(parameters, "end", "2999-12-31T23:59:59.999999Z", "TIMESTAMP");
  }

  private static void parameter(ArrayNode parameters, String name, String value, String type) {
    parameters.addObject().put("name", name).put("value", value).put("type", type);
  }
}
