package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class AccessTest {
  private static final String ROOT = "/api/2.0/workspace/get-status?path=/";

  private final Client client;

  AccessTest(Client client) {
    this.client = client;
  }

  @Test
  void tokenForASecretInTheHeaderOpensTheApi() {
    Client.Answer token =
        client.form(
            "/oidc/v1/token",
            Map.of("Authorization", basic(client.credentials().clientSecret())),
            "grant_type=client_credentials&scope=all-apis");
    assertThat(token.status()).isEqualTo(200);
    assertThat(token.body().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(token.body().path("expires_in").asInt()).isEqualTo(3600);
    Client.Answer root = client.get(ROOT, token.body().path("access_token").asText());
    assertThat(root.body().path("object_type").asText()).isEqualTo("DIRECTORY");
  }

  @Test
  void tokenForASecretInTheFormOpensTheApi() {
    Client.Answer token =
        client.form(
            "/oidc/v1/token",
            Map.of(),
            "grant_type=client_credentials&client_id="
                + client.credentials().clientId()
                + "&client_secret="
                + client.credentials().clientSecret());
    Client.Answer root = client.get(ROOT, token.body().path("access_token").asText());
    assertThat(root.status()).isEqualTo(200);
  }

  @Test
  void wrongSecretIsRefusedAsOAuthSays() {
    Client.Answer answer =
        client.form(
            "/oidc/v1/token",
            Map.of("Authorization", basic("dosewrong")),
            "grant_type=client_credentials");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body().path("error").asText()).isEqualTo("invalid_client");
    assertThat(answer.body().path("error_description").asText()).isNotEmpty();
  }

  @Test
  void discoveryNamesTheTokenEndpoint() {
    Client.Answer answer =
        client.send(
            HttpRequest.newBuilder(client.uri("/oidc/.well-known/oauth-authorization-server")));
    assertThat(answer.body().path("token_endpoint").asText())
        .isEqualTo(client.host() + "/oidc/v1/token");
  }

  @Test
  void noCredentialIs401AndAWrongTokenIs403BothWithNumbers() {
    Client.Answer none = client.send(HttpRequest.newBuilder(client.uri(ROOT)));
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.body().path("error_code").isInt()).isTrue();
    assertThat(none.body().path("message").asText())
        .isEqualTo("Credential was not sent or was of an unsupported type for this API.");
    Client.Answer wrong = client.get(ROOT, "dapiwrong");
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.body().path("error_code").asInt()).isEqualTo(403);
    assertThat(wrong.body().path("message").asText()).isEqualTo("Invalid access token.");
  }

  @Test
  void warehouseIsFoundByItsIdAndNoOtherIs() {
    String token = client.credentials().personalAccessToken();
    String path = "/api/2.0/sql/warehouses/";
    String id = client.credentials().warehouseId();
    assertThat(client.get(path + id, token).body().path("state").asText()).isEqualTo("RUNNING");
    assertThat(client.post(path + id + "/start", token, "{}").status()).isEqualTo(200);
    Client.Answer unknown = client.get(path + "ffff", token);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().path("error_code").asText()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
    assertThat(unknown.body().path("message").asText()).contains("ffff");
  }

  @Test
  void badRequestsAreAnsweredInDatabricksShape() {
    String token = client.credentials().personalAccessToken();
    String path = "/api/2.0/sql/statements/";
    assertThat(client.post(path, token, "{nonsense").status()).isEqualTo(400);
    assertThat(client.post(path, token, "[]").body().path("error_code").asText())
        .isEqualTo("MALFORMED_REQUEST");
    assertThat(
            client
                .post(path, token, "{\"statement\":\"SELECT 1\",\"warehouse_id\":\"ffff\"}")
                .body()
                .path("message")
                .asText())
        .contains("ffff");
    assertThat(client.execute(token, "SELECT 1", b -> b.put("wait_timeout", "3s")).status())
        .isEqualTo(400);
    assertThat(client.execute(token, "SELECT 1", b -> b.put("format", "ARROW_STREAM")).status())
        .isEqualTo(400);
    assertThat(client.execute(token, " ", b -> {}).status()).isEqualTo(400);
    assertThat(client.get(path + "01ef", token).status()).isEqualTo(404);
    assertThat(client.get("/api/2.0/nothing", token).status()).isEqualTo(404);
  }

  private String basic(String secret) {
    String pair = client.credentials().clientId() + ":" + secret;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
