package ai.birdie.app.grid;

import static ai.birdie.app.grid.Step.API;
import static ai.birdie.app.grid.Step.CALLS;
import static ai.birdie.app.grid.Step.DECODE;
import static ai.birdie.app.grid.Step.DOWNLOAD;
import static ai.birdie.app.grid.Step.LINK;
import static ai.birdie.app.grid.Step.POLL;
import static ai.birdie.app.grid.Step.RESULT;
import static ai.birdie.app.grid.Step.SUBMIT;
import static ai.birdie.app.grid.Step.TOKEN;
import static ai.birdie.app.grid.Step.WITH_TOKEN;
import static ai.birdie.app.grid.Trouble.ALWAYS;
import static ai.birdie.app.grid.Trouble.ONCE;
import static ai.birdie.app.grid.Trouble.armed;
import static ai.birdie.app.grid.Trouble.proxied;
import static ai.birdie.app.grid.Why.BY_THE_SECRET;
import static ai.birdie.app.grid.Why.NO_CALL;
import static ai.birdie.app.grid.Why.NO_GATEWAY;
import static ai.birdie.app.grid.Why.NO_STATEMENT;
import static ai.birdie.app.grid.Why.POLLED_OFTEN;
import static ai.birdie.app.grid.Why.SUBMIT_ONLY;
import static ai.birdie.app.grid.Why.TOKEN_ONLY;

import ai.birdie.testkit.fault.Fault;
import ai.birdie.testkit.fault.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Faults 15 to 25, 35, and 36: what the API answers, and does not answer. */
final class ApiFaults {

  private static final String JSON = "application/json";
  private static final String CREDENTIAL = "does not accept the credential";
  private static final String INLINE = "inline, in small pieces";
  private static final String ANEW = "read anew";
  private static final String A_FEW_MINUTES = "in a few minutes";

  private ApiFaults() {}

  static List<Row> rows() {
    return Stream.of(
            refusals(), missing(), statuses(), limits(), states(), lost(), tokens(), rotated())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> refusals() {
    return List.of(
        Row.of(15, "400, always", proxied(error(400, "BAD_REQUEST"), ALWAYS))
            .fails(4, "HTTP 400", API)
            .tells(INLINE, DOWNLOAD)
            .never(NO_CALL, DECODE),
        Row.of(16, "401 for a token, once", armed("unauthenticated", ONCE, Map.of()))
            .right(WITH_TOKEN)
            .never(BY_THE_SECRET, TOKEN)
            .never(NO_GATEWAY, DOWNLOAD)
            .never(NO_CALL, DECODE),
        Row.of(16, "403 for a token, once", armed("invalid_token", ONCE, Map.of()))
            .right(WITH_TOKEN)
            .never(BY_THE_SECRET, TOKEN)
            .never(NO_GATEWAY, DOWNLOAD)
            .never(NO_CALL, DECODE),
        Row.of(16, "401, always", proxied(error(401, "invalid_client"), ALWAYS))
            .fails(3, CREDENTIAL, API)
            .tells(INLINE, DOWNLOAD)
            .never(NO_CALL, DECODE),
        Row.of(17, "403 for a right that is missing", armed("permission_denied", ALWAYS, Map.of()))
            .fails(3, "refuses it", WITH_TOKEN)
            .never(BY_THE_SECRET, TOKEN)
            .never(NO_GATEWAY, DOWNLOAD)
            .never(NO_CALL, DECODE),
        Row.of(17, "403 for this network's address", armed("ip_blocked", ALWAYS, Map.of()))
            .fails(3, "does not accept requests from this network", API)
            .tells(INLINE, DOWNLOAD)
            .never(NO_CALL, DECODE));
  }

  private static List<Row> missing() {
    return List.of(
        Row.of(18, "404, once", proxied(error(404, "NOT_FOUND"), ONCE))
            .fails(4, "HTTP 404", TOKEN)
            .fails(2, "has no SQL warehouse", SUBMIT)
            .tells(ANEW, POLL, LINK)
            .right(DOWNLOAD)
            .never(NO_CALL, DECODE),
        Row.of(18, "404, always", proxied(error(404, "NOT_FOUND"), ALWAYS))
            .fails(4, "HTTP 404", TOKEN)
            .fails(2, "has no SQL warehouse", SUBMIT)
            .fails(4, "no longer there", POLL, LINK)
            .tells(INLINE, DOWNLOAD)
            .never(NO_CALL, DECODE));
  }

  private static List<Row> statuses() {
    return Stream.of(408, 409, 500, 502, 504)
        .flatMap(status ->
            Stream.of(
                Row.of(19, status + ", once", proxied(error(status, ""), ONCE))
                    .right(CALLS)
                    .never(NO_CALL, DECODE),
                Row.of(19, status + ", always", proxied(error(status, ""), ALWAYS))
                    .fails(4, "HTTP " + status, API)
                    .tells(INLINE, DOWNLOAD)
                    .never(NO_CALL, DECODE)))
        .toList();
  }

  private static List<Row> limits() {
    return List.of(
        busy("without Retry-After", Message.answer(429, JSON, "{}"), ONCE).right(CALLS),
        busy("for 7 seconds", busyFor("7"), ONCE).right(CALLS),
        busy("until a date", busyFor("Wed, 21 Oct 2065 07:28:00 GMT"), ONCE).right(CALLS),
        busy("for -1 seconds", busyFor("-1"), ONCE).right(CALLS),
        busy("for 1000000000 seconds", busyFor("1000000000"), ONCE).right(CALLS),
        busy("always", busyFor("1"), ALWAYS).fails(4, "HTTP 429", API).tells(INLINE, DOWNLOAD),
        Row.of(21, "503 for some minutes", proxied(error(503, ""), 4))
            .right(CALLS)
            .never(NO_CALL, DECODE),
        Row.of(21, "503, always", proxied(error(503, ""), ALWAYS))
            .fails(4, "HTTP 503", API)
            .tells(INLINE, DOWNLOAD)
            .never(NO_CALL, DECODE),
        Row.of(21, "PENDING for many polls", proxied(state("PENDING"), 30))
            .tells("starting or busy", RESULT)
            .never(NO_STATEMENT, TOKEN, LINK, DOWNLOAD, DECODE),
        Row.of(
                21,
                "PENDING, always",
                proxied(state("PENDING"), ALWAYS).within(Duration.ofSeconds(1)))
            .fails(4, "Its cancellation was asked for; it may still run", POLL)
            .never(NO_STATEMENT, TOKEN, LINK, DOWNLOAD, DECODE)
            .never(POLLED_OFTEN, SUBMIT));
  }

  private static Row busy(String what, Message answer, int times) {
    return Row.of(20, "429 " + what, proxied(new Fault.Instead(answer), times))
        .never(NO_CALL, DECODE);
  }

  private static Message busyFor(String retryAfter) {
    return Message.answer(429, JSON, "{\"error_code\":\"REQUEST_LIMIT_EXCEEDED\"}")
        .with("Retry-After", retryAfter);
  }

  private static List<Row> states() {
    return List.of(
        ended("FAILED", armed("failed", ONCE, Map.of("message", "canary")))
            .fails(4, "ended as FAILED", RESULT),
        ended("FAILED for a time", armed("failed", ONCE, Map.of("error_code", "IO_ERROR")))
            .fails(4, A_FEW_MINUTES, RESULT),
        ended("CANCELED", armed("unknown_state", ONCE, Map.of("state", "CANCELED")))
            .fails(4, "somebody cancelled the statement", RESULT),
        ended("CLOSED, its result gone, once", armed("closed", ONCE, Map.of())).tells(ANEW, RESULT),
        ended("CLOSED, its result gone, always", armed("closed", ALWAYS, Map.of()))
            .fails(4, "no longer there", RESULT),
        ended("a state that nobody has heard of", armed("unknown_state", ONCE, Map.of()))
            .fails(4, "an unknown state", RESULT),
        Row.of(23, "a statement is dropped for want of polls", (scene, step) -> {})
            .never(POLLED_OFTEN, Step.values()),
        Row.of(
                24,
                "a cancel is acknowledged, and nothing is cancelled",
                proxied(state("RUNNING"), ALWAYS)
                    .within(Duration.ofSeconds(1))
                    .and(ApiFaults::ignoreCancel))
            .fails(4, "Its cancellation was asked for; it may still run", POLL)
            .never(NO_STATEMENT, TOKEN, LINK, DOWNLOAD, DECODE)
            .never(POLLED_OFTEN, SUBMIT));
  }

  private static Row ended(String state, Trouble trouble) {
    return Row.of(22, state, trouble).never(NO_STATEMENT, TOKEN, LINK, DOWNLOAD, DECODE);
  }

  private static void ignoreCancel(Scene scene, Step step) {
    scene.faults().arm(Map.of("kind", "cancel_ignored", "where", "cancel", "always", true));
  }

  private static List<Row> lost() {
    return List.of(
        Row.of(
                25,
                "the statement runs, its answer is lost, once",
                armed("lost_answer", ONCE, Map.of()))
            .right(SUBMIT)
            .never(SUBMIT_ONLY, TOKEN, POLL, LINK, DOWNLOAD)
            .never(NO_CALL, DECODE),
        Row.of(25, "the same, always", armed("lost_answer", ALWAYS, Map.of()))
            .fails(4, "the connection broke", SUBMIT)
            .never(SUBMIT_ONLY, TOKEN, POLL, LINK, DOWNLOAD)
            .never(NO_CALL, DECODE));
  }

  private static List<Row> tokens() {
    return List.of(
        token("no expires_in", Fault.rewrite("\"expires_in\":[0-9]+,|,\"expires_in\":[0-9]+", ""))
            .right(TOKEN),
        token("expires_in is 0", expires("0")).right(TOKEN),
        token("expires_in is negative", expires("-1")).right(TOKEN),
        token("expires_in is 68 years", expires("2147483647")).right(TOKEN),
        token("expires_in is larger than that", expires("999999999999"))
            .fails(4, "did not answer with JSON", TOKEN),
        token("expires_in is text", expires("\"soon\""))
            .fails(4, "did not answer with JSON", TOKEN),
        token("token_type is another one", Fault.rewrite("(?i)\"bearer\"", "\"mac\""))
            .fails(4, "no bearer token", TOKEN),
        token("no token in it", Fault.rewrite("\"access_token\"", "\"canary\""))
            .fails(4, "did not answer with JSON", TOKEN),
        token("JSON that ends too early", Fault.rewrite("}$", ""))
            .fails(4, "did not answer with JSON", TOKEN));
  }

  private static Row token(String what, Fault fault) {
    return Row.of(35, "a token's answer: " + what, proxied(fault, ALWAYS))
        .never(TOKEN_ONLY, SUBMIT, POLL, LINK, DOWNLOAD)
        .never(NO_CALL, DECODE);
  }

  private static Fault expires(String in) {
    return Fault.rewrite("\"expires_in\":[0-9]+", "\"expires_in\":" + in);
  }

  private static List<Row> rotated() {
    return List.of(
        Row.of(36, "the secret is revoked in mid-run", ApiFaults::revoke)
            .fails(3, CREDENTIAL, WITH_TOKEN)
            .never(BY_THE_SECRET, TOKEN)
            .never(NO_GATEWAY, DOWNLOAD)
            .never(NO_CALL, DECODE));
  }

  /** The token holds no longer, and the secret gets no other one. */
  private static void revoke(Scene scene, Step step) {
    armed("unauthenticated", ALWAYS, Map.of()).prepare(scene, step);
    scene
        .faults()
        .arm(Map.of("kind", "invalid_client", "where", "token", "skip", 1, "always", true));
  }

  private static Fault state(String state) {
    return Fault.rewrite("\"state\":\"SUCCEEDED\"", "\"state\":\"" + state + "\"");
  }

  private static Fault error(int status, String code) {
    return Fault.status(status, JSON, "{\"error_code\":\"" + code + "\",\"message\":\"canary\"}");
  }
}
