package ai.birdie.workspace.fault;

import ai.birdie.workspace.statement.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** The faults that there are: what each is called, which calls it can strike, and what it does. */
@SuppressWarnings("ImmutableEnumChecker") // its sets are, and its functions hold nothing
public enum Kind {
  TOO_MANY_REQUESTS(
      "429 without the call being heard; error_code, message, body (json, html, empty) and"
          + " retry_after (seconds or a date) as given",
      Places.EVERYWHERE,
      p -> instead(Replies.error(429, "REQUEST_LIMIT_EXCEEDED", "Rate limit exceeded.", p))),
  UNAVAILABLE(
      "503 without the call being heard; parameters as for too_many_requests",
      Places.EVERYWHERE,
      p ->
          instead(
              Replies.error(
                  503,
                  "TEMPORARILY_UNAVAILABLE",
                  "The service at this path is taking too long to process the request.",
                  p))),
  INTERNAL_ERROR(
      "500 without the call being heard; parameters as for too_many_requests",
      Places.EVERYWHERE,
      p -> instead(Replies.error(500, "INTERNAL_ERROR", "Internal server error.", p))),
  BAD_GATEWAY(
      "502 with a page of HTML",
      Places.EVERYWHERE,
      p -> instead(Reply.html(502, "502 Bad Gateway"))),
  GATEWAY_TIMEOUT("504 with an empty body", Places.EVERYWHERE, p -> instead(Reply.empty(504))),
  INVALID_TOKEN(
      "403 of the gateway for a token that it does not know, with a number for error_code",
      Places.API,
      p -> instead(Replies.gateway(403, "Invalid access token."))),
  UNAUTHENTICATED(
      "401 of the gateway for a token that has expired, with a number for error_code",
      Places.API,
      p -> instead(Replies.gateway(401, "Access token has expired."))),
  INVALID_CLIENT(
      "401 for a client's secret",
      Set.of(Target.TOKEN),
      p -> instead(Replies.oauth("invalid_client", "Client authentication failed"))),
  IP_BLOCKED(
      "403 for an address that is not on the workspace's access list",
      Places.EVERYWHERE,
      p ->
          instead(
              Replies.json(
                  403,
                  "PERMISSION_DENIED",
                  "Source IP address: 192.0.2.1 is blocked by Databricks IP ACL for workspace:"
                      + " 1234567890123456"))),
  PERMISSION_DENIED(
      "403 for a right that is missing; message as given",
      Places.API,
      p ->
          instead(
              Replies.json(
                  403,
                  "PERMISSION_DENIED",
                  p.text("message").orElse("You do not have the permission to do this.")))),
  NOT_FOUND(
      "404 for a statement, or for a result that has expired; message as given",
      Set.of(Target.POLL, Target.CHUNK, Target.CANCEL, Target.CLOSE),
      p ->
          instead(
              Replies.json(
                  404, "NOT_FOUND", p.text("message").orElse("The statement was not found.")))),
  REDIRECT(
      "302 to a page for signing in",
      Places.EVERYWHERE,
      p -> instead(Reply.empty(302).with("Location", "https://login.invalid/"))),
  HTML(
      "200 with a page for signing in, in HTML",
      Places.EVERYWHERE,
      p -> instead(Reply.html(200, "Sign in"))),
  GARBAGE(
      "200 with JSON that ends too early",
      Places.EVERYWHERE,
      p -> instead(Reply.json(200, "{\"statement_id\":"))),
  CANCEL_IGNORED(
      "200, and nothing is cancelled", Set.of(Target.CANCEL), p -> instead(Reply.json(200, "{}"))),
  STORAGE_DENIED(
      "403 of the storage's firewall, as Azure words it",
      Set.of(Target.DOWNLOAD),
      p ->
          instead(
              Reply.xml(
                  403,
                  "AuthorizationFailure",
                  "This request is not authorized to perform this operation."))),
  STORAGE_UNAUTHENTICATED(
      "403 for a signature that has expired, as Azure words it",
      Set.of(Target.DOWNLOAD),
      p ->
          instead(
              Reply.xml(
                  403,
                  "AuthenticationFailed",
                  "Server failed to authenticate the request. Make sure the value of Authorization"
                      + " header is formed correctly including the signature."))),
  STORAGE_EXPIRED(
      "403 for a link that has expired, as S3 words it",
      Set.of(Target.DOWNLOAD),
      p -> instead(Reply.xml(403, "AccessDenied", "Request has expired"))),
  STORAGE_BUSY(
      "503, as S3 words it",
      Set.of(Target.DOWNLOAD),
      p -> instead(Reply.xml(503, "SlowDown", "Please reduce your request rate."))),
  DROP("the connection is closed, and nothing is done", Places.EVERYWHERE, p -> new Effect.Drop()),
  LOST_ANSWER(
      "what is asked is done, and the connection is closed in place of the answer",
      Places.EVERYWHERE,
      p -> new Effect.Lose()),
  CUT(
      "the connection is closed after so many bytes of the body (after, default 10)",
      Places.EVERYWHERE,
      p -> new Effect.Cut(p.number("after", 0, Integer.MAX_VALUE).orElse(10))),
  SLOW(
      "waits (delay, such as PT2S) before anything is done",
      Places.EVERYWHERE,
      p -> new Effect.Wait(pause(p, Duration.ofSeconds(1)))),
  DRIP(
      "sends the body in pieces (bytes, default 1000), with a wait before each (delay, default"
          + " PT0.1S)",
      Places.EVERYWHERE,
      p ->
          new Effect.Drip(
              (int) p.number("bytes", 1, 1_000_000).orElse(1000),
              pause(p, Duration.ofMillis(100)))),
  SKEWED_DATE(
      "the answer's Date is off (by, such as PT-10M; default PT1H)",
      Places.EVERYWHERE,
      p -> new Effect.Skew(p.duration("by").orElse(Duration.ofHours(1)))),
  WRONG_ROW_COUNT(
      "the manifest counts other rows than there are (by, default 1)",
      Places.RESULTS,
      p -> new Effect.Rewrite(Rewrites.moreRows(p.number("by", -1_000_000, 1_000_000).orElse(1)))),
  TRUNCATED(
      "the manifest says that the result was cut by a limit",
      Places.RESULTS,
      p -> new Effect.Rewrite(Rewrites.truncated())),
  MISSING_LINK(
      "the answer has no links", Places.RESULTS, p -> new Effect.Rewrite(Rewrites.withoutLinks())),
  DUPLICATE_LINK(
      "the answer has its first link twice",
      Places.RESULTS,
      p -> new Effect.Rewrite(Rewrites.twiceTheFirstLink())),
  SWAPPED_LINKS(
      "the answer's links lead to each other's chunks, where it has several",
      Places.RESULTS,
      p -> new Effect.Rewrite(Rewrites.swappedLinks())),
  EXPIRED_LINK(
      "the answer's links have expired",
      Places.RESULTS,
      p -> new Effect.Rewrite(Rewrites.expiredLinks())),
  UNREACHABLE_STORAGE(
      "the answer's links lead where nobody listens",
      Places.RESULTS,
      p -> new Effect.Rewrite(Rewrites.linksToNowhere())),
  UNKNOWN_STATE(
      "the statement is in a state that nobody has heard of (state, default PAUSED)",
      Places.RESULTS,
      p -> new Effect.Rewrite(Rewrites.state(p.text("state").orElse("PAUSED")))),
  FAILED(
      "the statement has failed; error_code, message and sql_state as given",
      Places.RESULTS,
      p ->
          new Effect.Rewrite(
              Rewrites.failed(
                  p.text("error_code").orElse("INTERNAL_ERROR"),
                  p.text("message").orElse("The statement failed by request."),
                  p.text("sql_state")))),
  CLOSED(
      "the statement is closed, and its result is gone",
      Places.RESULTS,
      p -> new Effect.Rewrite(Rewrites.closed())),
  WAREHOUSE_STATE(
      "the warehouse says that it is in another state (state, default STARTING)",
      Set.of(Target.WAREHOUSE_GET),
      p -> new Effect.Rewrite(Rewrites.warehouse(p.text("state").orElse("STARTING")))),
  COLD_WAREHOUSE(
      "the warehouse has stopped as if idle, and takes so long to start (seconds, default 60);"
          + " until then statements are PENDING, or their calls answered 503 (statements: wait or"
          + " refused, default wait)",
      Set.of(Target.EXECUTE),
      p -> new Effect.Cool(starting(p), early(p))),
  CORRUPT_CHUNK(
      "one byte of the file is another (at, default 100; from the end where negative)",
      Set.of(Target.DOWNLOAD),
      p ->
          new Effect.Garble(
              Bytes.flipped(p.number("at", Integer.MIN_VALUE, Integer.MAX_VALUE).orElse(100)))),
  SHORT_CHUNK(
      "the file is shorter than it should be (by, default 100 bytes), and says so",
      Set.of(Target.DOWNLOAD),
      p -> new Effect.Garble(Bytes.shortened(p.number("by", 1, Integer.MAX_VALUE).orElse(100)))),
  LZ4_BOMB(
      "the file becomes very large when it is decompressed (megabytes, default 1024)",
      Set.of(Target.DOWNLOAD),
      p -> new Effect.Garble(Bytes.bomb(p.number("megabytes", 1, 4096).orElse(1024)))),
  SEVERAL_FRAMES(
      "the file is in several frames of LZ4 (frames, default 18), where it is compressed",
      Set.of(Target.DOWNLOAD),
      p -> new Effect.Garble(Bytes.inFrames(p.number("frames", 2, 1000).orElse(18))));

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private static final long LONGEST_START_SECONDS = 7L * 24 * 3600;

  private static final class Places {
    static final Set<Target> API =
        Set.of(
            Target.API_ROOT,
            Target.WAREHOUSE_GET,
            Target.WAREHOUSE_START,
            Target.EXECUTE,
            Target.POLL,
            Target.CHUNK,
            Target.CANCEL,
            Target.CLOSE,
            Target.RESULT);

    static final Set<Target> EVERYWHERE = Set.of(Target.values());

    static final Set<Target> RESULTS =
        Set.of(Target.EXECUTE, Target.POLL, Target.CHUNK, Target.RESULT);
  }

  private final String description;
  private final Set<Target> places;
  private final Function<Parameters, Effect> effect;

  Kind(String description, Set<Target> places, Function<Parameters, Effect> effect) {
    this.description = description;
    this.places = places;
    this.effect = effect;
  }

  /** Its name in requests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it does, and with which parameters. */
  public String description() {
    return description;
  }

  /** What it can strike, in the order in which they are listed. */
  public List<Target> places() {
    return places.stream().sorted().toList();
  }

  /**
   * What it does, with the parameters that it has.
   *
   * @throws IllegalArgumentException for a parameter that it does not understand
   */
  public Effect effect(Parameters parameters) {
    return effect.apply(parameters);
  }

  private static Effect instead(Reply reply) {
    return new Effect.Instead(reply);
  }

  private static Duration starting(Parameters parameters) {
    return Duration.ofSeconds(parameters.number("seconds", 0, LONGEST_START_SECONDS).orElse(60));
  }

  private static Warehouse.Early early(Parameters parameters) {
    return switch (parameters.text("statements").orElse("wait")) {
      case "wait" -> Warehouse.Early.WAITS;
      case "refused" -> Warehouse.Early.IS_REFUSED;
      default -> throw new IllegalArgumentException("statements must be one of: wait, refused.");
    };
  }

  private static Duration pause(Parameters parameters, Duration otherwise) {
    Duration pause = parameters.duration("delay").orElse(otherwise);
    if (pause.isNegative() || pause.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException("delay must be from PT0S to " + LONGEST_PAUSE + ".");
    }
    return pause;
  }
}
