package ai.birdie.app.grid;

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
import static ai.birdie.app.grid.Why.INLINE_ONLY;
import static ai.birdie.app.grid.Why.NO_CALL;
import static ai.birdie.app.grid.Why.NO_LINKS;
import static ai.birdie.app.grid.Why.NO_STATEMENT;

import ai.birdie.testkit.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Faults 26 to 34: what a result says of itself, and where its links lead. */
final class ResultFaults {

  private static final String INLINE = "inline, in small pieces";
  private static final String ANEW = "read anew";
  private static final String IN_PARTS = "read in 4 parts";

  private ResultFaults() {}

  static List<Row> rows() {
    return Stream.of(counts(), chunks(), expiry(), places(), headers())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> counts() {
    return List.of(
        manifest(26, "truncated is true, once", armed("truncated", ONCE, Map.of()))
            .tells(IN_PARTS, RESULT),
        manifest(26, "truncated is true, always", armed("truncated", ALWAYS, Map.of()))
            .fails(6, "cut short", RESULT),
        manifest(26, "truncated is absent", rewritten(",\"truncated\":false", "", ALWAYS))
            .fails(6, "cut short", RESULT),
        manifest(27, "one row more is counted", armed("wrong_row_count", ALWAYS, Map.of("by", 1)))
            .fails(6, "the chunks hold rows up to 3500 of 3501", RESULT),
        manifest(27, "one row less is counted", armed("wrong_row_count", ALWAYS, Map.of("by", -1)))
            .fails(6, "does not begin where the one before it ends", RESULT),
        manifest(
                27,
                "the count is text",
                rewritten("(\"total_row_count\":)([0-9]+)", "$1\"$2\"", ALWAYS))
            .right(RESULT));
  }

  private static List<Row> chunks() {
    return List.of(
        manifest(
                28,
                "a chunk's index is there twice",
                rewritten("(\"chunks\":\\[.*?\"chunk_index\":)1,", "$10,", ALWAYS))
            .fails(6, "missing or there twice", RESULT),
        manifest(
                28,
                "a chunk's index is missing",
                rewritten("(\"chunks\":\\[\\{)\"chunk_index\":0,", "$1", ALWAYS))
            .fails(6, "missing or there twice", RESULT),
        linked(
                28,
                "a link to a chunk that is not there",
                rewritten("(links\":\\[.*?\"chunk_index\":)[0-9]+", "$17", ALWAYS))
            .fails(6, "a chunk that does not exist", WITH_TOKEN),
        linked(28, "no link, once", armed("missing_link", ONCE, Map.of()))
            .right(RESULT)
            .fails(6, "no link to chunk", LINK),
        linked(28, "a link twice", armed("duplicate_link", ALWAYS, Map.of()))
            .fails(6, "does not begin where the one before it ends", WITH_TOKEN),
        linked(28, "links lead to each other's chunks", armed("swapped_links", ONCE, Map.of()))
            .fails(6, "rows where the manifest declares", WITH_TOKEN),
        linked(
                28,
                "next_chunk_index leads back",
                rewritten("\"next_chunk_index\":[0-9]+", "\"next_chunk_index\":0", ALWAYS))
            .right(WITH_TOKEN),
        manifest(
                29,
                "no chunks, and rows",
                rewritten("\"chunks\":\\[.*?\\]", "\"chunks\":[]", ALWAYS))
            .fails(6, "declares 4 chunks and lists 0", RESULT),
        manifest(
                29,
                "a count of chunks of 0, and rows",
                rewritten("\"total_chunk_count\":[0-9]+", "\"total_chunk_count\":0", ALWAYS))
            .fails(6, "declares 0 chunks and lists 4", RESULT));
  }

  private static List<Row> expiry() {
    return List.of(
        stored("the link has expired, as S3 says it, once", "storage_expired", ONCE)
            .right(DOWNLOAD),
        stored("the link has expired, as S3 says it, always", "storage_expired", ALWAYS)
            .tells(INLINE, DOWNLOAD),
        stored("the same, as Azure says it, once", "storage_unauthenticated", ONCE).right(DOWNLOAD),
        linked(30, "links that have expired already, once", armed("expired_link", ONCE, Map.of()))
            .right(WITH_TOKEN),
        linked(
                30,
                "links that have expired already, always",
                armed("expired_link", ALWAYS, Map.of()))
            .right(RESULT)
            .fails(3, "HTTP 403", LINK),
        linked(30, "the Date is an hour ahead", armed("skewed_date", ALWAYS, Map.of("by", "PT1H")))
            .right(WITH_TOKEN),
        linked(
                30,
                "the Date moves back by an hour",
                proxied(Fault.dateMovedBack(Duration.ofHours(1)), ALWAYS))
            .right(WITH_TOKEN));
  }

  private static Row stored(String what, String kind, int times) {
    return Row.of(30, what, armed(kind, times, Map.of()))
        .never(NO_LINKS, TOKEN, SUBMIT, POLL, LINK)
        .never(NO_CALL, DECODE);
  }

  private static List<Row> places() {
    return List.of(
        elsewhere("an unlisted host", "https://evil.example/", "evil.example"),
        elsewhere("an address", "http://192.0.2.1/", "192.0.2.1"),
        elsewhere("an address as one number", "http://2130706433/", "2130706433"),
        elsewhere("a user before the host", "http://canary@127.0.0.1/", "127.0.0.1"),
        elsewhere("another scheme", "file://127.0.0.1/", "127.0.0.1"));
  }

  private static Row elsewhere(String what, String url, String shown) {
    return linked(
            31,
            "a link to " + what,
            rewritten("(\"external_link\":\")[^\"]*/storage/", "$1" + url + "storage/", ALWAYS))
        .fails(4, "Refused to download a result from " + shown, WITH_TOKEN);
  }

  private static List<Row> headers() {
    String hostile =
        "\"http_headers\":{\"x-ms-version\":\"2020-10-02\",\"Authorization\":\"canary\","
            + "\"x-a\\\\r\\\\nAuthorization\":\"a\\\\r\\\\nAuthorization: canary\"},";
    return List.of(
        Row.of(32, "the result is gone after an hour, once", gone(ONCE))
            .tells(ANEW, LINK)
            .right(DOWNLOAD)
            .never(NO_LINKS, TOKEN, SUBMIT, POLL)
            .never(NO_CALL, DECODE),
        Row.of(32, "the result is gone, whenever it is asked for", gone(ALWAYS))
            .fails(4, "no longer there", LINK)
            .tells(INLINE, DOWNLOAD)
            .never(NO_LINKS, TOKEN, SUBMIT, POLL)
            .never(NO_CALL, DECODE),
        Row.of(33, "a result is larger than 25 MiB inline", ResultFaults::tooLarge)
            .tells(IN_PARTS, RESULT)
            .never(INLINE_ONLY, TOKEN, LINK, DOWNLOAD, DECODE),
        linked(
                34,
                "headers for the link, an evil one among them",
                rewritten("\"external_link\":", hostile + "$0", ALWAYS))
            .right(WITH_TOKEN));
  }

  /** The storage is out of reach, and what comes inline instead is too much. */
  private static void tooLarge(Scene scene, Step step) {
    armed("storage_denied", ALWAYS, Map.of()).prepare(scene, DOWNLOAD);
    scene
        .faults()
        .arm(
            Map.of(
                "kind",
                "failed",
                "where",
                step.target(),
                "message",
                "Inline byte limit exceeded",
                "query_tag",
                "birdie_feed=" + scene.feed(),
                "statement_contains",
                "AS `updated_at`"));
  }

  private static Trouble gone(int times) {
    return (scene, step) ->
        (step == LINK
                ? armed("not_found", times, Map.of("message", "The result was not found: canary"))
                : proxied(Fault.status(404, "application/xml", "<Error>canary</Error>"), times))
            .prepare(scene, step);
  }

  private static Trouble rewritten(String regex, String replacement, int times) {
    return proxied(Fault.rewrite(regex, replacement), times);
  }

  private static Row manifest(int number, String what, Trouble trouble) {
    return Row.of(number, what, trouble).never(NO_STATEMENT, TOKEN, LINK, DOWNLOAD, DECODE);
  }

  private static Row linked(int number, String what, Trouble trouble) {
    return Row.of(number, what, trouble).never(NO_LINKS, TOKEN, DOWNLOAD, DECODE);
  }
}
