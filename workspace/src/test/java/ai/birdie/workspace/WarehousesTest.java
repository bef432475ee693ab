package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class WarehousesTest {
  private static final String WAREHOUSES = "/api/2.0/sql/warehouses";

  private final Client client;
  private final String reader;
  private final String path;

  WarehousesTest(Client client) {
    this.client = client;
    this.reader = client.credentials().personalAccessToken();
    this.path = WAREHOUSES + "/" + client.credentials().warehouseId();
  }

  @Test
  void listTellsHowTheOneThereIsIsReached() {
    JsonNode warehouses = client.get(WAREHOUSES, reader).body().path("warehouses");
    assertThat(warehouses).hasSize(1);
    assertThat(warehouses.at("/0/odbc_params/path").asText())
        .isEqualTo("/sql/1.0/warehouses/" + client.credentials().warehouseId());
    assertThat(warehouses.at("/0/odbc_params/port").asInt()).isEqualTo(client.uri("/").getPort());
  }

  @Test
  void oneThatWasStoppedStartsOnTheFirstStatement() {
    String admin = client.credentials().adminToken();
    assertThat(client.post(path + "/stop", reader, "{}").status()).isEqualTo(403);
    assertThat(client.post(path + "/stop", admin, "{}").status()).isEqualTo(200);
    assertThat(client.get(path, reader).body().path("state").asText()).isEqualTo("STOPPED");
    assertThat(client.reader("SELECT 1").rows()).containsExactly(List.of("1"));
    assertThat(client.get(path, reader).body().path("state").asText()).isEqualTo("RUNNING");
  }

  @Test
  void heavyStatementOfOneKeepsNoOtherWaiting() {
    Client.Answer heavy =
        client.execute(
            reader,
            "SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 1",
            body -> body.put("wait_timeout", "0s"));
    Client.Answer token =
        client.form(
            "/oidc/v1/token",
            Map.of(),
            "grant_type=client_credentials&client_id="
                + client.credentials().clientId()
                + "&client_secret="
                + client.credentials().clientSecret());
    String other = token.body().path("access_token").asText();
    assertThat(client.execute(other, "SELECT 1", body -> {}).rows()).containsExactly(List.of("1"));
    String statement = "/api/2.0/sql/statements/" + heavy.id();
    assertThat(client.get(statement, reader).state()).isIn("PENDING", "RUNNING");
    client.post(statement + "/cancel", reader, "");
    assertThat(client.get(statement, reader).state()).isEqualTo("CANCELED");
  }

  @Test
  void cancelThatComesTooLateChangesNothing() {
    String statement = "/api/2.0/sql/statements/" + client.reader("SELECT 1").id();
    assertThat(client.post(statement + "/cancel", reader, "").status()).isEqualTo(200);
    assertThat(client.get(statement, reader).rows()).containsExactly(List.of("1"));
  }

  @Test
  void statementThatMayNotOutlastTheWaitIsCancelled() {
    Client.Answer answer =
        client.execute(
            reader,
            "SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 1",
            body -> body.put("wait_timeout", "5s").put("on_wait_timeout", "CANCEL"));
    assertThat(answer.state()).isEqualTo("CANCELED");
  }
}
