package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.workspace.clock.WorkspaceClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SET and RESET. */
@ExtendWith(Running.class)
final class ParametersTest {
  private static final String SESSIONS = "/api/2.0/sql/sessions/";

  private static final String STATEMENTS = "/api/2.0/sql/statements/";
  private static final String ENDLESS =
      "SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 1";

  private final Client client;
  private final WorkspaceClock clock;
  private final String token;
  private final String session;

  ParametersTest(Client client, WorkspaceClock clock) {
    this.client = client;
    this.clock = clock;
    this.token = client.credentials().personalAccessToken();
    this.session = client.openSession(token);
  }

  @AfterEach
  void close() {
    client.delete(SESSIONS + session, token);
    clock.reset();
  }

  @Test
  void parameterHoldsForTheSession() {
    assertThat(run("SET timezone = America/Los_Angeles").rows())
        .containsExactly(List.of("timezone", "America/Los_Angeles"));
    assertThat(run("SELECT current_timezone()").rows())
        .containsExactly(List.of("America/Los_Angeles"));
    assertThat(run("SET TimeZone;").rows())
        .containsExactly(List.of("TimeZone", "America/Los_Angeles"));
    Client.Answer reset = run("RESET timezone");
    assertThat(reset.state()).isEqualTo("SUCCEEDED");
    assertThat(reset.body().at("/manifest/schema/column_count").asInt()).isZero();
    assertThat(run("SELECT current_timezone()").rows()).containsExactly(List.of("Etc/UTC"));
  }

  @Test
  void answersHaveDatabricksColumns() {
    assertThat(columns("SET")).containsExactly("key", "value");
    assertThat(columns("SET ansi_mode")).containsExactly("key", "value");
    assertThat(columns("SET ansi_mode = true")).containsExactly("key", "value");
    assertThat(columns("SET TIME ZONE 'UTC'")).containsExactly("key", "value");
    assertThat(columns("SET -v")).containsExactly("key", "value", "meaning");
  }

  @Test
  void setAloneTellsWhatWasChangedAndResetAloneTakesItBack() {
    assertThat(run("SET").rows()).isEmpty();
    run("SET ansi_mode = false");
    run("SET statement_timeout = 60");
    assertThat(run("SET").rows())
        .containsExactlyInAnyOrder(
            List.of("ANSI_MODE", "false"), List.of("STATEMENT_TIMEOUT", "60"));
    assertThat(run("SELECT 1 / 0").rows()).containsExactly(List.of("NULL"));
    assertThat(run("SET -v").rows()).hasSizeGreaterThan(5);
    run("RESET");
    assertThat(run("SET").rows()).isEmpty();
    assertThat(run("SELECT 1 / 0").sqlState()).isEqualTo("22012");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET TIME ZONE 'Asia/Kolkata' | Asia/Kolkata",
        "SET TIME ZONE '+08:00' | +08:00",
        "SET TIME ZONE '-13:33:33' | -13:33:33",
        "SET TIME ZONE INTERVAL '08:30:00' HOUR TO SECOND | +08:30",
        "SET TIME ZONE INTERVAL 1 HOUR 30 MINUTES | +01:30",
        "SET TIME ZONE LOCAL | Etc/UTC"
      })
  void zoneIsSetInEveryForm(String statement, String zone) {
    run("SET timezone = Europe/Paris");
    assertThat(run(statement).message()).isEmpty();
    assertThat(run("SELECT current_timezone()").rows()).containsExactly(List.of(zone));
  }

  @Test
  void withoutASessionItHoldsForTheStatementAlone() {
    assertThat(client.reader("SET ansi_mode = false").rows())
        .containsExactly(List.of("ansi_mode", "false"));
    assertThat(client.reader("SET ansi_mode").rows()).containsExactly(List.of("ansi_mode", "true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET spark.sql.runSQLOnFiles = true",
        "SET spark.sql.session.timeZone = UTC",
        "SET spark.sql.catalog.main = x",
        "SET spark.sql.runSQLOnFiles",
        "SET no_parameter = 1",
        "RESET spark.sql.runSQLOnFiles"
      })
  void whatIsNoParameterIsNotAvailable(String statement) {
    Client.Answer answer = run(statement);
    assertThat(answer.message()).startsWith("[CONFIG_NOT_AVAILABLE] Configuration ");
    assertThat(answer.sqlState()).isEqualTo("42K0I");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET timezone = Mars/Olympus | TIME_ZONE",
        "SET TIME ZONE 'Mars/Olympus' | TIME_ZONE",
        "SET ansi_mode = perhaps | TYPE_MISMATCH",
        "SET statement_timeout = -1 | TYPE_MISMATCH",
        "SET statement_timeout = 172801 | REQUIREMENT",
        "SET legacy_time_parser_policy = NEVER | OUT_OF_RANGE_OF_OPTIONS"
      })
  void valueThatIsNoneOfTheParametersIsRefused(String statement, String why) {
    Client.Answer answer = run(statement);
    assertThat(answer.message()).startsWith("[INVALID_CONF_VALUE." + why + "] The value '");
    assertThat(answer.sqlState()).isEqualTo("22022");
    assertThat(run("SET").rows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SET timezone UTC", "RESET timezone UTC", "SET -v x", "SET TIME ZONE LOCAL x"})
  void whatGoesOnOtherwiseIsASyntaxError(String statement) {
    assertThat(run(statement).message()).contains("SQLSTATE: 42601");
  }

  @Test
  void administratorMaySetWhatIsSparksOwn() {
    assertThat(client.admin("SET spark.sql.shuffle.partitions = 3").rows())
        .containsExactly(List.of("spark.sql.shuffle.partitions", "3"));
    String administrators = client.openSession(client.credentials().adminToken());
    administer(administrators, "SET spark.sql.shuffle.partitions = 77");
    administer(administrators, "SET timezone = Asia/Tokyo");
    administer(administrators, "RESET");
    assertThat(administer(administrators, "SET spark.sql.shuffle.partitions").rows().getFirst())
        .doesNotContain("77");
    assertThat(administer(administrators, "SELECT current_timezone(), current_user()").rows())
        .containsExactly(List.of("Etc/UTC", "admin"));
    client.delete(SESSIONS + administrators, client.credentials().adminToken());
  }

  @Test
  void textThatOldParsersReadOtherwiseIsAnErrorAsLongAsNothingElseIsSet() {
    String read = "SELECT to_timestamp('2026-1-1', 'yyyy-MM-dd')";
    assertThat(run(read).message()).startsWith("[INCONSISTENT_BEHAVIOR_CROSS_VERSION.");
    run("SET legacy_time_parser_policy = CORRECTED");
    assertThat(run(read).message()).startsWith("[CANNOT_PARSE_TIMESTAMP]");
  }

  @Test
  void statementThatTakesLongerThanItMayIsStopped() {
    Client.Answer answer = outlast("1");
    assertThat(answer.state()).isEqualTo("FAILED");
    assertThat(answer.message())
        .startsWith("[QUERY_EXECUTION_TIMEOUT_EXCEEDED] ")
        .contains("exceeding the timeout (1s)");
    assertThat(answer.sqlState()).isEqualTo("57KD0");
    run("SET statement_timeout = 0");
    assertThat(run("SELECT 1").rows()).containsExactly(List.of("1"));
  }

  @Test
  void statementsOfOtherSessionsMayTakeTheirTime() {
    String admin = client.credentials().adminToken();
    Client.Answer other = client.execute(admin, ENDLESS, body -> body.put("wait_timeout", "0s"));
    String path = STATEMENTS + other.id();
    assertThat(outlast("1").state()).isEqualTo("FAILED");
    assertThat(client.get(path, admin).state()).isEqualTo("RUNNING");
    client.post(path + "/cancel", admin, "{}");
    assertThat(client.get(path, admin).state()).isEqualTo("CANCELED");
  }

  /** Lets a statement without end run for longer than its session lets it. */
  private Client.Answer outlast(String seconds) {
    run("SET statement_timeout = " + seconds);
    Client.Answer begun =
        client.execute(
            token, ENDLESS, body -> body.put("session_id", session).put("wait_timeout", "0s"));
    Client.Answer answer = client.get(STATEMENTS + begun.id(), token);
    while (List.of("PENDING", "RUNNING").contains(answer.state())) {
      // Its time begins when it runs, which may be a little later than its state says.
      clock.advance(Duration.ofSeconds(2));
      answer = client.get(STATEMENTS + begun.id(), token);
    }
    return answer;
  }

  private List<String> columns(String statement) {
    return run(statement)
        .body()
        .at("/manifest/schema/columns")
        .valueStream()
        .map(column -> column.path("name").asText())
        .toList();
  }

  private Client.Answer run(String statement) {
    return client.execute(token, statement, body -> body.put("session_id", session));
  }

  private Client.Answer administer(String administrators, String statement) {
    return client.execute(
        client.credentials().adminToken(),
        statement,
        body -> body.put("session_id", administrators));
  }
}
