package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may use the warehouse, and principals that are made for it. */
@ExtendWith(Running.class)
final class WarehousePermissionsTest {
  private final Client client;
  private final String admin;
  private final String path;

  WarehousePermissionsTest(Client client) {
    this.client = client;
    this.admin = client.credentials().adminToken();
    this.path = "/api/2.0/permissions/warehouses/" + client.credentials().warehouseId();
  }

  @Test
  void whoMayNotUseTheWarehouseIsToldSoBeforeAnythingRuns() {
    Client.Answer made =
        client.post(
            "/local/principals",
            admin,
            "{\"name\":\"idle@wh.example\",\"can_use_warehouse\":false}");
    String token = made.body().path("token").asText();
    Client.Answer refused = client.execute(token, "SELECT 1", body -> {});
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().path("error_code").asText()).isEqualTo("PERMISSION_DENIED");
    assertThat(refused.body().path("message").asText())
        .startsWith("idle@wh.example is not authorized to use this SQL Endpoint.");
    String warehouse = "/api/2.0/sql/warehouses/" + client.credentials().warehouseId();
    assertThat(client.get(warehouse, token).status()).isEqualTo(403);
    assertThat(client.post(warehouse + "/start", token, "{}").status()).isEqualTo(403);
    assertThat(client.get("/api/2.0/sql/warehouses", token).body().path("warehouses")).isEmpty();
    String grant =
        "{\"access_control_list\":[{\"user_name\":\"idle@wh.example\","
            + "\"permission_level\":\"CAN_USE\"}]}";
    assertThat(client.patch(path, token, grant).status()).isEqualTo(403);
    assertThat(client.patch(path, admin, grant).status()).isEqualTo(200);
    assertThat(client.execute(token, "SELECT 1", body -> {}).state()).isEqualTo("SUCCEEDED");
    assertThat(client.post(warehouse + "/start", token, "{}").status()).isEqualTo(200);
    assertThat(client.get(warehouse, token).status()).isEqualTo(200);
  }

  @Test
  void permissionsNameWhoHasWhichLevel() {
    JsonNode list = client.get(path, admin).body().path("access_control_list");
    String text = list.toString();
    assertThat(text)
        .contains("\"user_name\":\"admin\"", "IS_OWNER")
        .contains("\"service_principal_name\":\"" + client.credentials().clientId() + "\"")
        .contains("\"group_name\":\"admins\"", "/sql/warehouses/");
    assertThat(client.get(path, client.credentials().personalAccessToken()).status())
        .isEqualTo(403);
  }

  @Test
  void servicePrincipalThatIsMadeSignsInWithItsSecret() {
    JsonNode made =
        client
            .post(
                "/local/principals",
                admin,
                "{\"name\":\"loader\",\"kind\":\"service_principal\",\"groups\":[\"loaders\"]}")
            .body();
    Client.Answer token =
        client.form(
            "/oidc/v1/token",
            java.util.Map.of(),
            "grant_type=client_credentials&client_id="
                + made.path("client_id").asText()
                + "&client_secret="
                + made.path("client_secret").asText());
    assertThat(
            client
                .execute(
                    token.body().path("access_token").asText(), "SELECT current_user()", b -> {})
                .rows())
        .containsExactly(java.util.List.of(made.path("client_id").asText()));
  }

  @Test
  void onlyAdministratorsMakePrincipals() {
    assertThat(
            client
                .post(
                    "/local/principals",
                    client.credentials().personalAccessToken(),
                    "{\"name\":\"x\"}")
                .status())
        .isEqualTo(403);
    assertThat(client.post("/local/principals", admin, "{\"name\":\" \"}").status()).isEqualTo(400);
    assertThat(
            client
                .post("/local/principals", admin, "{\"name\":\"y\",\"groups\":[\"admins\"]}")
                .status())
        .isEqualTo(400);
  }
}
