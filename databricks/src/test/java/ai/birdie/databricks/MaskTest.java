package ai.birdie.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.databricks.error.Failure;
import ai.birdie.databricks.http.Answer;
import ai.birdie.databricks.http.Call;
import ai.birdie.databricks.sql.Parameter;
import ai.birdie.databricks.sql.Query;
import ai.birdie.databricks.statement.Chunk;
import ai.birdie.databricks.statement.ExternalLink;
import ai.birdie.databricks.statement.Statement;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever holds a secret, or values of rows, does not show them when it is printed. */
final class MaskTest {

  private static final String CANARY = "canary";

  static Stream<Object> holders() {
    Secret secret = Secret.of(CANARY);
    Credentials oauth = new Credentials.OAuth("id", secret);
    Credentials.PersonalAccessToken personal = new Credentials.PersonalAccessToken(secret);
    Query query = new Query("SELECT 1", List.of(Parameter.string("p", CANARY)));
    ExternalLink link =
        new ExternalLink(
            new Chunk(0, 0, 1, OptionalLong.of(1)),
            "https://x/?sig=" + CANARY,
            Map.of("h", CANARY),
            0L);
    HttpHeaders headers = HttpHeaders.of(Map.of("h", List.of(CANARY)), (name, value) -> true);
    return Stream.of(
        secret,
        oauth,
        personal,
        new WorkspaceConnection(WorkspaceHost.of("https://a.cloud.databricks.com"), "a", oauth),
        AccessTokens.personal(personal),
        query,
        new Statement.Request(query, Statement.Delivery.INLINE, "read", Optional.empty(), Map.of()),
        link,
        List.of(link),
        new Answer(200, headers, CANARY),
        Call.post("/x", CANARY, Call.Repeat.NEVER, "read"),
        Failure.of(Optional.empty(), Optional.empty(), Optional.of(CANARY)));
  }

  @ParameterizedTest
  @MethodSource("holders")
  void showsNoneOfIt(Object holder) {
    assertThat(holder.toString()).doesNotContain(CANARY);
  }
}
