package ai.birdie.workspace.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Who holds which bearer token: those that never expire, and those that were issued for a client's
 * secret.
 *
 * <p>Thread-safe.
 */
public final class Tokens {
  /** The service principal's name in grants. */
  public static final String SERVICE_PRINCIPAL = "birdie";

  /** The user's name in grants. */
  public static final String USER = "reader@example.com";

  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int MOST_ISSUED = 10_000;

  /** A token and how long it holds. */
  public record Issued(String accessToken, Duration lifetime) {}

  private record Holder(Principal principal, Instant expiresAt) {}

  private final Credentials credentials;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Principal> permanent;
  private final Map<String, Holder> issued = new ConcurrentHashMap<>();

  public Tokens(Credentials credentials, InstantSource clock, RandomGenerator random) {
    this.credentials = credentials;
    this.clock = clock;
    this.random = random;
    this.permanent =
        Map.of(
            credentials.adminToken(), Principal.user("admin", Principal.Role.ADMIN),
            credentials.personalAccessToken(), Principal.user(USER, Principal.Role.READER));
  }

  /** A token for a client that knows its secret; empty for any other. */
  public Optional<Issued> issue(String clientId, String clientSecret) {
    if (!clientId.equals(credentials.clientId())
        || !equal(clientSecret, credentials.clientSecret())) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    issued.values().removeIf(holder -> !holder.expiresAt().isAfter(now));
    if (issued.size() >= MOST_ISSUED) {
      issued.clear();
    }
    byte[] drawn = new byte[32];
    random.nextBytes(drawn);
    String token = "eyJ" + HexFormat.of().formatHex(drawn);
    Principal principal = new Principal(SERVICE_PRINCIPAL, clientId, Principal.Role.READER);
    issued.put(token, new Holder(principal, now.plus(LIFETIME)));
    return Optional.of(new Issued(token, LIFETIME));
  }

  /** Who holds a token; empty for one that is unknown or has expired. */
  public Optional<Principal> holder(String token) {
    Principal known = permanent.get(token);
    if (known != null) {
      return Optional.of(known);
    }
    Instant now = clock.instant();
    return Optional.ofNullable(issued.get(token))
        .filter(holder -> holder.expiresAt().isAfter(now))
        .map(Holder::principal);
  }

  private static boolean equal(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
