package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Tokens for a client's id and secret, and the document that says where they are had. */
final class OAuthApi {
  private final Tokens tokens;
  private final String host;

  OAuthApi(Tokens tokens, String host) {
    this.tokens = tokens;
    this.host = host;
  }

  void answer(Call call, List<String> path) throws IOException {
    switch (call.method() + " " + String.join("/", path)) {
      case "POST oidc/v1/token" -> token(call);
      case "GET oidc/.well-known/oauth-authorization-server",
          "GET oidc/.well-known/openid-configuration" ->
          discovery(call);
      default -> throw Server.noSuchPath(call);
    }
  }

  private void token(Call call) throws IOException {
    Map<String, String> form = call.form();
    String grantType = form.getOrDefault("grant_type", "");
    if (!grantType.equals("client_credentials")) {
      throw ApiError.oauth(
          400, "unsupported_grant_type", "Only client_credentials is supported here.");
    }
    String id = form.getOrDefault("client_id", "");
    String secret = form.getOrDefault("client_secret", "");
    String header = call.header("Authorization").orElse("");
    if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
      String[] pair = basic(header.substring(6).strip());
      id = pair[0];
      secret = pair[1];
    }
    Tokens.Issued issued =
        tokens
            .issue(id, secret)
            .orElseThrow(
                () -> ApiError.oauth(401, "invalid_client", "Client authentication failed"));
    call.answer(
        200,
        Map.of(
            "access_token", issued.accessToken(),
            "scope", form.getOrDefault("scope", "all-apis"),
            "token_type", "Bearer",
            "expires_in", issued.lifetime().toSeconds()));
  }

  private static String[] basic(String encoded) {
    try {
      String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = decoded.indexOf(':');
      if (colon >= 0) {
        return new String[] {decoded.substring(0, colon), decoded.substring(colon + 1)};
      }
    } catch (IllegalArgumentException e) {
      // answered like any other header that says nothing
    }
    throw ApiError.oauth(401, "invalid_client", "Client authentication failed");
  }

  private void discovery(Call call) throws IOException {
    call.answer(
        200,
        Map.of(
            "issuer",
            host + "/oidc",
            "authorization_endpoint",
            host + "/oidc/v1/authorize",
            "token_endpoint",
            host + "/oidc/v1/token",
            "grant_types_supported",
            List.of("client_credentials"),
            "scopes_supported",
            List.of("all-apis"),
            "token_endpoint_auth_methods_supported",
            List.of("client_secret_basic", "client_secret_post")));
  }
}
