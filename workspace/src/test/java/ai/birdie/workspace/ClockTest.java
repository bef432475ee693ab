package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class ClockTest {
  private static final String CLOCK = "/local/clock";

  private final Client client;
  private final String admin;

  ClockTest(Client client) {
    this.client = client;
    this.admin = client.credentials().adminToken();
  }

  @AfterEach
  void setItBack() {
    assertThat(clock("{\"reset\": true}").status()).isEqualTo(200);
  }

  @Test
  void isSetFrozenAdvancedAndReset() {
    JsonNode frozen = clock("{\"set\": \"2026-01-01T00:00:00Z\", \"freeze\": true}").body();
    assertThat(frozen.path("time").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(frozen.path("running").asBoolean(true)).isFalse();
    JsonNode back = clock("{\"advance\": \"PT-15M\"}").body();
    assertThat(back.path("time").asText()).isEqualTo("2025-12-31T23:45:00Z");
    assertThat(clock("{\"freeze\": false}").body().path("running").asBoolean()).isTrue();
    assertThat(clock("{\"reset\": true}").body().path("ahead_of_system").asText())
        .isEqualTo("PT0S");
    JsonNode ahead = clock("{\"advance\": \"P40D\"}").body();
    assertThat(Duration.parse(ahead.path("ahead_of_system").asText()))
        .isEqualTo(Duration.ofDays(40));
    assertThat(client.get(CLOCK, admin).body().path("running").asBoolean()).isTrue();
  }

  @Test
  void saysWhatItDoesNotUnderstand() {
    assertRefused("{}", "Say one of");
    assertRefused("{\"set\": \"2026-01-01T00:00:00Z\", \"advance\": \"PT1S\"}", "Say one of");
    assertRefused("{\"reset\": true, \"freeze\": true}", "Say one of");
    assertRefused("{\"set\": \"tomorrow\"}", "set must be a time in UTC");
    assertRefused("{\"set\": \"-1000-01-01T00:00:00Z\"}", "1970");
    assertRefused("{\"advance\": \"PT2562047788015215H\"}", "1970");
    assertRefused("{\"advance\": 15}", "advance must be a duration");
    assertRefused("{\"forward\": \"PT1S\"}", "Unknown field: forward. There may be: set");
    assertThat(client.get(CLOCK, client.credentials().personalAccessToken()).status())
        .isEqualTo(403);
  }

  @Test
  void everyFormOfTheCurrentTimeInSqlFollowsIt() {
    clock("{\"set\": \"2026-03-04T05:06:07.123456Z\", \"freeze\": true}");
    assertThat(
            client
                .reader(
                    """
                    SELECT CAST(current_timestamp() AS STRING), CAST(now() AS STRING),
                      CAST(CURRENT_TIMESTAMP AS STRING), CAST(localtimestamp() AS STRING),
                      current_date(), curdate(), unix_timestamp(), date_add(current_date(), 1),
                      (SELECT CAST(max(current_timestamp()) AS STRING))
                    """)
                .rows())
        .containsExactly(
            List.of(
                "2026-03-04 05:06:07.123456",
                "2026-03-04 05:06:07.123456",
                "2026-03-04 05:06:07.123456",
                "2026-03-04 05:06:07.123456",
                "2026-03-04",
                "2026-03-04",
                Long.toString(Instant.parse("2026-03-04T05:06:07Z").getEpochSecond()),
                "2026-03-05",
                "2026-03-04 05:06:07.123456"));
    JsonNode columns =
        client.reader("SELECT current_timestamp(), now()").body().at("/manifest/schema/columns");
    assertThat(columns.at("/0/name").asText()).isEqualTo("current_timestamp()");
    assertThat(columns.at("/1/name").asText()).isEqualTo("now()");
  }

  @Test
  void whatIsWrittenAndWhatViewsShowFollowsIt() {
    client.admin("CREATE SCHEMA main.clock_writes");
    client.admin("CREATE TABLE main.clock_writes.t (id INT, at TIMESTAMP, made TIMESTAMP)");
    client.admin(
        "CREATE VIEW main.clock_writes.v AS SELECT current_timestamp() AS now FROM"
            + " main.clock_writes.t");
    freezeAt("2026-01-01T00:00:01Z");
    client.admin(
        "INSERT INTO main.clock_writes.t VALUES (1, current_timestamp(), now()), (2, now(),"
            + " CURRENT_TIMESTAMP)");
    freezeAt("2026-01-01T00:00:02Z");
    client.admin("UPDATE main.clock_writes.t SET at = current_timestamp() WHERE id = 2");
    freezeAt("2026-01-01T00:00:03Z");
    client.admin(
        """
        MERGE INTO main.clock_writes.t t USING (SELECT 2 AS id UNION ALL SELECT 3) s ON t.id = s.id
          WHEN MATCHED THEN UPDATE SET made = current_timestamp()
          WHEN NOT MATCHED THEN INSERT (id, at, made) VALUES (s.id, current_timestamp(), now())
        """);
    assertThat(
            client
                .admin(
                    "SELECT id, date_format(at, 'ss'), date_format(made, 'ss') FROM main.clock_writes.t ORDER BY id")
                .rows())
        .containsExactly(
            List.of("1", "01", "01"), List.of("2", "02", "03"), List.of("3", "03", "03"));
    assertThat(client.admin("SELECT DISTINCT CAST(now AS STRING) FROM main.clock_writes.v").rows())
        .containsExactly(List.of("2026-01-01 00:00:03"));
    assertThat(
            client
                .admin("SELECT count(*) FROM main.clock_writes.v WHERE now = current_timestamp()")
                .rows())
        .containsExactly(List.of("3"));
    client.admin("CREATE TABLE main.clock_writes.c AS SELECT current_timestamp() AS at");
    assertThat(client.admin("SELECT CAST(at AS STRING) FROM main.clock_writes.c").rows())
        .containsExactly(List.of("2026-01-01 00:00:03"));
  }

  @Test
  void aStatementSeesOneTime() {
    client.admin("CREATE SCHEMA main.clock_one");
    client.admin("CREATE VIEW main.clock_one.v AS SELECT now() AS now");
    assertThat(
            client
                .reader(
                    """
                    SELECT count(DISTINCT now) FROM (SELECT now() AS now UNION ALL
                      SELECT current_timestamp() FROM range(3) UNION ALL SELECT (SELECT now()))
                    """)
                .rows())
        .containsExactly(List.of("1"));
    assertThat(client.admin("SELECT now = current_timestamp() FROM main.clock_one.v").rows())
        .containsExactly(List.of("true"));
  }

  @Test
  void commitsTakeItsTimeAndAreFoundByIt() {
    client.admin("CREATE SCHEMA main.clock_commits");
    freezeAt("2026-02-01T00:00:00Z");
    client.admin(
        "CREATE TABLE main.clock_commits.t (id INT) TBLPROPERTIES (delta.enableChangeDataFeed = true)");
    freezeAt("2026-02-01T00:10:00Z");
    client.admin("INSERT INTO main.clock_commits.t VALUES (1)");
    freezeAt("2026-02-01T00:20:00Z");
    client.admin("INSERT INTO main.clock_commits.t VALUES (2)");
    assertThat(
            client.admin("DESCRIBE HISTORY main.clock_commits.t").rows().stream()
                .map(row -> row.get(1)))
        .containsExactly(
            "2026-02-01T00:20:00.000Z", "2026-02-01T00:10:00.000Z", "2026-02-01T00:00:00.000Z");
    assertCount("1", "main.clock_commits.t TIMESTAMP AS OF '2026-02-01T00:15:00Z'");
    assertCount(
        "1", "main.clock_commits.t TIMESTAMP AS OF current_timestamp() - INTERVAL 10 MINUTES");
    assertCount("2", "main.clock_commits.t TIMESTAMP AS OF current_timestamp()");
    assertThat(
            client
                .admin(
                    "SELECT id, CAST(_commit_timestamp AS STRING) FROM table_changes('main.clock_commits.t', 1) ORDER BY id")
                .rows())
        .containsExactly(List.of("1", "2026-02-01 00:10:00"), List.of("2", "2026-02-01 00:20:00"));
  }

  @Test
  void commitsStayInOrderWhenItMovesBackwards() {
    client.admin("CREATE SCHEMA main.clock_back");
    freezeAt("2026-02-01T00:00:00Z");
    client.admin("CREATE TABLE main.clock_back.t (id INT)");
    freezeAt("2026-01-01T00:00:00Z");
    client.admin("INSERT INTO main.clock_back.t VALUES (1)");
    assertThat(
            client.admin("DESCRIBE HISTORY main.clock_back.t").rows().stream()
                .map(row -> row.get(1)))
        .containsExactly("2026-02-01T00:00:00.001Z", "2026-02-01T00:00:00.000Z");
  }

  @Test
  void checkpointsKeepWhatTheClockSaysIsYoung() {
    client.admin("CREATE SCHEMA main.clock_old");
    freezeAt("2020-01-01T00:00:00Z");
    client.admin(
        "CREATE TABLE main.clock_old.t (id INT)  TBLPROPERTIES (delta.checkpointInterval = 2)");
    for (int i = 0; i < 5; i++) {
      client.admin("INSERT INTO main.clock_old.t VALUES (" + i + ")");
    }
    assertCount("1", "main.clock_old.t VERSION AS OF 1");
    assertCount("5", "main.clock_old.t");
  }

  @Test
  void answersAreDatedByIt() {
    freezeAt("2026-01-02T03:04:05Z");
    assertThat(client.fetch(client.host() + "/storage/nothing/0").headers().firstValue("Date"))
        .contains("Fri, 02 Jan 2026 03:04:05 GMT");
  }

  @Test
  void tokensExpireByIt() {
    String form =
        "grant_type=client_credentials&client_id="
            + client.credentials().clientId()
            + "&client_secret="
            + client.credentials().clientSecret();
    String token =
        client.form("/oidc/v1/token", Map.of(), form).body().path("access_token").asText();
    String root = "/api/2.0/workspace/get-status?path=/";
    assertThat(client.get(root, token).status()).isEqualTo(200);
    clock("{\"advance\": \"PT61M\"}");
    assertThat(client.get(root, token).status()).isEqualTo(403);
  }

  private void assertCount(String count, String table) {
    assertThat(client.admin("SELECT count(*) FROM " + table).rows())
        .containsExactly(List.of(count));
  }

  private void freezeAt(String time) {
    assertThat(clock("{\"set\": \"" + time + "\", \"freeze\": true}").status()).isEqualTo(200);
  }

  private void assertRefused(String body, String why) {
    Client.Answer answer = clock(body);
    assertThat(answer.status()).as(body).isEqualTo(400);
    assertThat(answer.body().path("message").asText()).contains(why);
  }

  private Client.Answer clock(String body) {
    return client.post(CLOCK, admin, body);
  }
}
