package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Tokens for a client's id and secret, and the documents that say where they are had. */
final class OAuthApi {
  private static final String SCOPE = "all-apis";

  /** RFC 6749's characters of a scope. */
  private static final String SCOPES = "[!#-\\[\\]-~]+( [!#-\\[\\]-~]+)*";

  private static final int LONGEST_SCOPES = 1000;

  private final Tokens tokens;
  private final String host;

  private record Client(String id, String secret) {}

  OAuthApi(Tokens tokens, String host) {
    this.tokens = tokens;
    this.host = host;
  }

  void answer(Call call, List<String> path) throws IOException {
    switch (call.method() + " " + String.join("/", path)) {
      case "POST oidc/v1/token" -> call.answer(200, token(call));
      case "GET oidc/.well-known/oauth-authorization-server",
          "GET oidc/.well-known/openid-configuration" ->
          call.answer(200, discovery());
      case "GET .well-known/databricks-config" -> call.answer(200, hostMetadata());
      default -> throw Server.noSuchPath(call);
    }
  }

  private Map<String, Object> token(Call call) throws IOException {
    Map<String, String> form = form(call);
    String grantType = form.getOrDefault("grant_type", "");
    if (grantType.isEmpty()) {
      throw ApiError.oauth(400, "invalid_request", "grant_type is missing");
    }
    if (!grantType.equals("client_credentials")) {
      throw ApiError.oauth(
          400, "unsupported_grant_type", "Only client_credentials is supported here.");
    }
    String scope = form.getOrDefault("scope", SCOPE);
    if (scope.length() > LONGEST_SCOPES || !scope.matches(SCOPES)) {
      throw ApiError.oauth(400, "invalid_scope", "scope is not a list of scopes");
    }
    Client client = client(call, form);
    Tokens.Issued issued =
        tokens
            .issue(client.id(), client.secret(), issuer(), scope)
            .orElseThrow(OAuthApi::invalidClient);
    return Map.of(
        "access_token",
        issued.accessToken(),
        "scope",
        scope,
        "token_type",
        "Bearer",
        "expires_in",
        issued.lifetime().toSeconds());
  }

  /** What is wrong with a form is said as OAuth says it. */
  private static Map<String, String> form(Call call) throws IOException {
    try {
      return call.form();
    } catch (ApiError e) {
      throw ApiError.oauth(400, "invalid_request", "The form cannot be read.");
    }
  }

  private static Client client(Call call, Map<String, String> form) {
    String header = call.header("Authorization").orElse("");
    return header.regionMatches(true, 0, "Basic ", 0, 6)
        ? basic(header.substring(6).strip())
        : new Client(form.getOrDefault("client_id", ""), form.getOrDefault("client_secret", ""));
  }

  private static Client basic(String encoded) {
    try {
      String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = decoded.indexOf(':');
      if (colon >= 0) {
        return new Client(decoded.substring(0, colon), decoded.substring(colon + 1));
      }
    } catch (IllegalArgumentException e) {
      // answered like any other header that says nothing
    }
    throw invalidClient();
  }

  private static ApiError invalidClient() {
    return ApiError.oauth(401, "invalid_client", "Client authentication failed");
  }

  private String issuer() {
    return host + "/oidc";
  }

  private Map<String, Object> discovery() {
    return Map.of(
        "issuer",
        issuer(),
        "authorization_endpoint",
        host + "/oidc/v1/authorize",
        "token_endpoint",
        host + "/oidc/v1/token",
        "response_types_supported",
        List.of("code"),
        "grant_types_supported",
        List.of("client_credentials"),
        "scopes_supported",
        List.of(SCOPE),
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_basic", "client_secret_post"));
  }

  /** What newer SDKs ask any host for. Source: databricks-sdk-go's and -py's host metadata. */
  private Map<String, Object> hostMetadata() {
    return Map.of("oidc_endpoint", host + "/oidc", "cloud", "AWS", "host_type", "workspace");
  }
}
