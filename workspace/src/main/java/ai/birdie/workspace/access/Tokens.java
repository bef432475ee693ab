package ai.birdie.workspace.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
  private static final int MOST_ISSUED = 10_000;

  /** A token and how long it holds. */
  public record Issued(String accessToken, Duration lifetime) {}

  private record Holder(Principal principal, Instant expiresAt) {}

  private final Principals principals;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration lifetime;
  private final Map<String, Holder> issued = new ConcurrentHashMap<>();

  /**
   * @param lifetime of tokens that are issued
   */
  public Tokens(
      Principals principals, Duration lifetime, InstantSource clock, RandomGenerator random) {
    this.principals = principals;
    this.clock = clock;
    this.random = random;
    this.lifetime = lifetime;
  }

  /**
   * A token for a client that knows its secret; empty for any other.
   *
   * @param issuer who the token says that it is from
   * @param scope what the token says that it is for
   */
  public Optional<Issued> issue(String clientId, String clientSecret, String issuer, String scope) {
    return principals
        .client(clientId, clientSecret)
        .map(principal -> issue(principal, issuer, scope));
  }

  private Issued issue(Principal principal, String issuer, String scope) {
    Instant now = clock.instant();
    issued.values().removeIf(holder -> !holder.expiresAt().isAfter(now));
    if (issued.size() >= MOST_ISSUED) {
      issued.clear();
    }
    Instant expiresAt = now.plus(lifetime);
    byte[] drawn = new byte[32];
    random.nextBytes(drawn);
    String token = new TokenClaims(issuer, principal.name(), scope, now, expiresAt).sealed(drawn);
    issued.put(token, new Holder(principal, expiresAt));
    return new Issued(token, lifetime);
  }

  /** Who holds a token; empty for one that is unknown or has expired. */
  public Optional<Principal> holder(String token) {
    Instant now = clock.instant();
    return principals
        .holder(token)
        .or(() ->
            Optional.ofNullable(issued.get(token))
                .filter(holder -> holder.expiresAt().isAfter(now))
                .map(Holder::principal));
  }
}
