package ai.birdie.workspace.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an OAuth token says of itself. Databricks' are JSON Web Tokens, and its JDBC driver reads
 * the issuer from them to see whether it has to exchange them.
 */
record TokenClaims(
    String issuer, String subject, String scope, Instant issuedAt, Instant expiresAt) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Object> HEADER = Map.of("alg", "RS256", "typ", "at+jwt");

  /**
   * The token. Nobody checks a signature here: a token is known, or it is not; so where one would
   * be stands what makes it impossible to guess.
   */
  String sealed(byte[] secret) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("sub", subject);
    claims.put("client_id", subject);
    claims.put("scope", scope);
    claims.put("iat", issuedAt.getEpochSecond());
    claims.put("exp", expiresAt.getEpochSecond());
    return part(HEADER) + "." + part(claims) + "." + encoded(secret);
  }

  private static String part(Map<String, Object> json) {
    try {
      return encoded(JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can be written as JSON", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
