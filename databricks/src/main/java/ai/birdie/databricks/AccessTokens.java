package ai.birdie.databricks;

import ai.birdie.core.error.BirdieException;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.http.Answer;
import ai.birdie.databricks.http.Authorization;
import ai.birdie.databricks.http.Call;
import ai.birdie.databricks.http.Meter;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.http.Response;
import com.databricks.sdk.core.logging.LoggerFactory;
import com.databricks.sdk.core.oauth.AuthParameterPosition;
import com.databricks.sdk.core.oauth.Token;
import com.databricks.sdk.core.oauth.TokenEndpointClient;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A service principal's tokens, one at a time: asked for when first needed, again before it
 * expires, and once more when the workspace no longer accepts it. Safe for use by many threads, of
 * which one asks and the others wait for it.
 */
final class AccessTokens implements Authorization {

  static {
    // before any of the SDK's classes asks for its logger
    LoggerFactory.setDefault(new SilentLogger());
  }

  /** The same path on every cloud; what a discovery document says instead is not asked for. */
  private static final String ENDPOINT = "/oidc/v1/token";

  /** Azure refuses a token in its last 30 seconds [databricks-api.md, 1.3]. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private static final Duration SHORTEST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** For requests that bring their own. */
  static final Authorization NONE =
      new Authorization() {
        @Override
        public String header() {
          throw new IllegalStateException("There is no credential");
        }

        @Override
        public boolean renew(String refused) {
          return false;
        }
      };

  private static final String PURPOSE = "get an access token";

  private final URI base;
  private final Credentials.OAuth credentials;
  private final BiFunction<Call, Map<String, String>, Answer> workspace;
  private final Clock clock;
  private final DatabricksErrors errors;
  private final Meter meter;
  private Optional<String> header = Optional.empty();
  private Instant renewal = Instant.MIN;

  /** Asks {@code workspace} for tokens, with the headers that it is given. */
  AccessTokens(
      URI base,
      Credentials.OAuth credentials,
      BiFunction<Call, Map<String, String>, Answer> workspace,
      Clock clock,
      DatabricksErrors errors,
      Meter meter) {
    this.base = base;
    this.credentials = credentials;
    this.workspace = workspace;
    this.clock = clock;
    this.errors = errors;
    this.meter = meter;
  }

  @Override
  public synchronized String header() {
    if (header.isPresent() && clock.instant().isBefore(renewal)) {
      return header.get();
    }
    meter.token();
    Token token = request();
    String value = token.getAccessToken();
    boolean usable =
        value != null
            && value.matches("[\\x21-\\x7e]+")
            && (token.getTokenType() == null || token.getTokenType().equalsIgnoreCase("bearer"));
    if (!usable) {
      throw errors.unexpected(PURPOSE, "no bearer token in it");
    }
    renewal = renewal(token);
    String bearer = "Bearer " + value;
    header = Optional.of(bearer);
    return bearer;
  }

  @Override
  public synchronized boolean renew(String refused) {
    if (header.filter(refused::equals).isPresent()) {
      header = Optional.empty();
    }
    return true; // or somebody else has renewed it meanwhile
  }

  private Instant renewal(Token token) {
    Instant now = clock.instant();
    Instant wanted = token.getExpiry().minus(MARGIN);
    Instant earliest = now.plus(SHORTEST);
    Instant latest = now.plus(LONGEST);
    Instant bounded = wanted.isBefore(earliest) ? earliest : wanted;
    return bounded.isAfter(latest) ? latest : bounded;
  }

  /** The vendor's client makes the request; ours carries it, so that its limits are ours. */
  private Token request() {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("scope", "all-apis");
    try {
      return TokenEndpointClient.retrieveToken(
          this::carry,
          credentials.clientId(),
          credentials.clientSecret().reveal(),
          base + ENDPOINT,
          form,
          new HashMap<>(),
          AuthParameterPosition.HEADER);
    } catch (DatabricksException e) {
      // its text may repeat what the endpoint said
      throw ours(e).orElseGet(() -> errors.notJson(PURPOSE));
    }
  }

  private Response carry(Request request) {
    Call call =
        new Call(
            request.getMethod(),
            ENDPOINT,
            Optional.of(request.getBodyString()),
            Call.Repeat.FREELY,
            PURPOSE);
    Answer answer = workspace.apply(call, request.getHeaders());
    try {
      return new Response(
          answer.text(), answer.status(), "OK", URI.create(request.getUrl()).toURL());
    } catch (MalformedURLException e) {
      throw new IllegalStateException("The host was checked", e);
    }
  }

  private static Optional<BirdieException> ours(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BirdieException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** A personal access token, which lasts until the workspace no longer accepts it. */
  static Authorization personal(Credentials.PersonalAccessToken credentials) {
    return new Authorization() {
      private volatile String bearer = bearer(credentials);

      @Override
      public String header() {
        return bearer;
      }

      @Override
      public boolean renew(String refused) {
        bearer = bearer(credentials);
        return !bearer.equals(refused);
      }
    };
  }

  private static String bearer(Credentials.PersonalAccessToken credentials) {
    return "Bearer " + credentials.token().reveal();
  }
}
