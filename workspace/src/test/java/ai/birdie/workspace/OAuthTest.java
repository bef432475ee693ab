package ai.birdie.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.workspace.clock.WorkspaceClock;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Running.class)
final class OAuthTest {
  private static final String GRANT = "grant_type=client_credentials";

  private final Client client;
  private final WorkspaceClock clock;

  OAuthTest(Client client, WorkspaceClock clock) {
    this.client = client;
    this.clock = clock;
  }

  @AfterEach
  void setTheClockBack() {
    clock.reset();
  }

  @Test
  void scopesThatAreAskedForAreGranted() {
    Client.Answer token = token(GRANT + "&scope=sql+offline_access");
    assertThat(token.body().path("scope").asText()).isEqualTo("sql offline_access");
    assertThat(token(GRANT).body().path("scope").asText()).isEqualTo("all-apis");
    refused(token(GRANT + "&scope=a%22b"), "invalid_scope");
  }

  @Test
  void tokenSaysWhoIssuedItAndForWhom() throws IOException {
    String[] parts = token(GRANT).body().path("access_token").asText().split("\\.");
    assertThat(parts).hasSize(3);
    JsonNode claims = Client.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.path("iss").asText()).isEqualTo(client.host() + "/oidc");
    assertThat(claims.path("sub").asText()).isEqualTo(client.credentials().clientId());
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
  }

  @Test
  void otherGrantsAndMalformedFormsAreRefusedInOAuthsWords() {
    refused(token("grant_type=password&username=u&password=p"), "unsupported_grant_type");
    refused(token("grant_type=authorization_code&code=c"), "unsupported_grant_type");
    refused(token(""), "invalid_request");
    refused(token("{\"grant_type\": \"client_credentials\"}"), "invalid_request");
    refused(token(GRANT + "&scope=%zz"), "invalid_request");
  }

  @Test
  void whatIsNoCredentialIsRefusedAsAWrongOne() {
    for (String header :
        new String[] {"Basic", "Basic !", "Basic " + encoded("no-colon"), "Bearer x"}) {
      Client.Answer answer = client.form("/oidc/v1/token", Map.of("Authorization", header), GRANT);
      assertThat(answer.status()).as(header).isEqualTo(401);
      assertThat(answer.body().path("error").asText()).isEqualTo("invalid_client");
    }
  }

  @Test
  void tokenExpiresAndIsThenAnInvalidOne() {
    String token = token(GRANT).body().path("access_token").asText();
    String root = "/api/2.0/workspace/get-status?path=/";
    assertThat(client.get(root, token).status()).isEqualTo(200);
    clock.advance(Duration.ofHours(1));
    assertThat(client.get(root, token).status()).isEqualTo(403);
  }

  @Test
  void lifetimeIsSettable() {
    Options options = Options.parse(List.of("--token-lifetime-seconds", "90"));
    assertThat(options.tokenLifetime()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void documentsNameWhereTokensAreHad() {
    String oidc = client.host() + "/oidc";
    assertThat(open("/.well-known/databricks-config").body().path("oidc_endpoint").asText())
        .isEqualTo(oidc);
    for (String name : new String[] {"oauth-authorization-server", "openid-configuration"}) {
      Client.Answer document = open("/oidc/.well-known/" + name);
      assertThat(document.body().path("token_endpoint").asText()).isEqualTo(oidc + "/v1/token");
      assertThat(document.body().path("issuer").asText()).isEqualTo(oidc);
    }
    assertThat(open("/.well-known/nothing").status()).isEqualTo(404);
  }

  private static void refused(Client.Answer answer, String error) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.body().path("error").asText()).isEqualTo(error);
    assertThat(answer.body().path("error_description").asText()).isNotEmpty();
  }

  private Client.Answer open(String path) {
    return client.send(HttpRequest.newBuilder(client.uri(path)));
  }

  private Client.Answer token(String form) {
    String pair = client.credentials().clientId() + ":" + client.credentials().clientSecret();
    return client.form("/oidc/v1/token", Map.of("Authorization", "Basic " + encoded(pair)), form);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
