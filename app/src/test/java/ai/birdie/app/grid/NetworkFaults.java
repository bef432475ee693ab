package ai.birdie.app.grid;

import static ai.birdie.app.grid.Step.API;
import static ai.birdie.app.grid.Step.CALLS;
import static ai.birdie.app.grid.Step.DECODE;
import static ai.birdie.app.grid.Step.DOWNLOAD;
import static ai.birdie.app.grid.Step.LINK;
import static ai.birdie.app.grid.Step.POLL;
import static ai.birdie.app.grid.Step.SUBMIT;
import static ai.birdie.app.grid.Step.TOKEN;
import static ai.birdie.app.grid.Trouble.ALWAYS;
import static ai.birdie.app.grid.Trouble.ONCE;
import static ai.birdie.app.grid.Trouble.proxied;
import static ai.birdie.app.grid.Why.FIRST_CALL;
import static ai.birdie.app.grid.Why.NO_CALL;
import static ai.birdie.app.grid.Why.STORAGE_ALONE;

import ai.birdie.testkit.fault.Fault;
import ai.birdie.testkit.fault.FullPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Faults 1 to 14: what networks and gateways do. */
final class NetworkFaults {

  private static final String BROKE = "the connection broke";
  private static final String INLINE = "inline, in small pieces";
  private static final String LATE = "did not answer in time";
  private static final String NO_NAME = "the name cannot be resolved";
  private static final String REFUSED = "the connection was refused";
  private static final String NO_JSON = "did not answer with JSON";
  private static final Duration IMPATIENCE = Duration.ofSeconds(1);
  private static final Duration SLOWLY = Duration.ofMillis(50);
  private static final int MEBIBYTE = 1 << 20;

  private NetworkFaults() {}

  static List<Row> rows() {
    return Stream.of(connecting(), breaking(), lengths(), garbage(), pages(), gateways())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> connecting() {
    return List.of(
        Row.of(1, "the host's name is not resolved", NetworkFaults::withoutNames)
            .fails(4, NO_NAME, TOKEN)
            .tells(NO_NAME, DOWNLOAD)
            .never(FIRST_CALL, SUBMIT, POLL, LINK)
            .never(NO_CALL, DECODE),
        Row.of(2, "connections are refused from then on", proxied(new Fault.Down(), ONCE))
            .fails(4, REFUSED, CALLS)
            .never(NO_CALL, DECODE),
        Row.of(2, "the storage alone refuses connections", NetworkFaults::closedStorage)
            .tells(REFUSED, DOWNLOAD)
            .never(STORAGE_ALONE, API)
            .never(NO_CALL, DECODE),
        Row.of(
                2,
                "connections are neither made nor refused from then on",
                proxied(new Fault.Deaf(), ONCE).within(IMPATIENCE))
            .fails(4, LATE, CALLS)
            .never(NO_CALL, DECODE),
        Row.of(
                2,
                "the storage alone neither makes nor refuses them",
                ((Trouble) NetworkFaults::fullStorage).within(IMPATIENCE))
            .tells(LATE, DOWNLOAD)
            .never(STORAGE_ALONE, API)
            .never(NO_CALL, DECODE),
        secured("for another host", Tunnel.Flaw.WRONG_HOST),
        secured("that has expired", Tunnel.Flaw.EXPIRED),
        secured("of an authority that is not known", Tunnel.Flaw.UNKNOWN_AUTHORITY),
        secured("under TLS 1.0", Tunnel.Flaw.OLD_PROTOCOL));
  }

  private static Row secured(String what, Tunnel.Flaw flaw) {
    return Row.of(3, "a certificate " + what, (scene, step) -> secure(scene, step, flaw))
        .fails(4, "no secure connection to " + Tunnel.WORKSPACE, TOKEN)
        .tells("no secure connection to " + Tunnel.STORAGE, DOWNLOAD)
        .never(FIRST_CALL, SUBMIT, POLL, LINK)
        .never(NO_CALL, DECODE);
  }

  private static void secure(Scene scene, Step step, Tunnel.Flaw flaw) {
    if (step == TOKEN) {
      scene.through(Tunnel.open(flaw, scene.home()));
    } else {
      scene.storageAt("https://" + Tunnel.STORAGE);
      scene.through(Tunnel.before(scene.proxy().url(), flaw, scene.home()));
    }
  }

  /** A JVM that knows no names; the workspace's is the proxy's to know, where it is reached. */
  private static void withoutNames(Scene scene, Step step) {
    if (step == TOKEN) {
      scene.at("nowhere.cloud.databricks.com");
    } else {
      secure(scene, step, Tunnel.Flaw.UNKNOWN_AUTHORITY);
      scene.outside("-Dhttp.nonProxyHosts=" + Tunnel.STORAGE);
    }
    try {
      Path none = Files.writeString(scene.home().resolve("hosts"), "");
      scene.outside("-Djdk.net.hosts.file=" + none);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void closedStorage(Scene scene, Step step) {
    FullPort port = FullPort.open();
    port.close();
    scene.storageAt(port.url());
  }

  private static void fullStorage(Scene scene, Step step) {
    FullPort port = FullPort.open();
    scene.afterAll(port::close);
    scene.storageAt(port.url());
  }

  private static List<Row> breaking() {
    return List.of(
        passing(4, "reset before the answer", Fault.reset()),
        lasting(4, "reset before the answer", Fault.reset()),
        passing(4, "reset in the headers", Fault.resetInHead()),
        lasting(4, "reset in the headers", Fault.resetInHead()),
        passing(4, "reset in the body", Fault.resetInBody(10)),
        lasting(4, "reset in the body", Fault.resetInBody(10)),
        slow(5, "nothing comes, and the connection stays, once", Fault.halfOpen(), ONCE)
            .right(CALLS),
        slow(5, "nothing comes, and the connection stays, always", Fault.halfOpen(), ALWAYS)
            .fails(4, LATE, API)
            .tells(INLINE, DOWNLOAD),
        passing(6, "the answer is late", Fault.latency(SLOWLY.multipliedBy(5))),
        slow(6, "the body comes byte by byte, once", Fault.drip(SLOWLY), ONCE).right(CALLS),
        slow(6, "the body comes byte by byte, always", Fault.drip(SLOWLY), ALWAYS)
            .fails(4, LATE, API)
            .tells(INLINE, DOWNLOAD));
  }

  private static List<Row> lengths() {
    return List.of(
        passing(7, "the body is shorter than its length says", Fault.cut(10)),
        lasting(7, "the body is shorter than its length says", Fault.wrongLength(10)),
        Row.of(8, "the body is longer than its length says", proxied(Fault.wrongLength(-10), ONCE))
            .fails(4, NO_JSON, API)
            .right(DOWNLOAD)
            .never(NO_CALL, DECODE));
  }

  private static List<Row> garbage() {
    return List.of(
        passing(9, "bytes that are no HTTP", Fault.garbage()),
        lasting(9, "bytes that are no HTTP", Fault.garbage()),
        passing(9, "an encoding in chunks that is none", Fault.malformedChunk()),
        lasting(9, "an encoding in chunks that is none", Fault.malformedChunk()),
        passing(9, "closed without an answer", Fault.empty()),
        lasting(9, "closed without an answer", Fault.empty()),
        Row.of(10, "a bomb in gzip, which was not asked for", proxied(Bombs.gzip(), ONCE))
            .fails(4, NO_JSON, API)
            .fails(6, "a chunk's Arrow stream stops in the middle of a message", DOWNLOAD)
            .never(NO_CALL, DECODE),
        Row.of(
                10,
                "an answer of 65 MiB",
                proxied(Fault.damage(body -> new byte[65 * MEBIBYTE]), ONCE))
            .right(API)
            .fails(6, "a chunk's Arrow stream has no schema", DOWNLOAD)
            .never(NO_CALL, DECODE));
  }

  private static List<Row> pages() {
    return List.of(
        Row.of(11, "a page of HTML with status 200", proxied(Fault.page(), ONCE))
            .fails(4, NO_JSON, API)
            .fails(6, "a chunk's Arrow stream declares a message of", DOWNLOAD)
            .never(NO_CALL, DECODE),
        redirected("to the same host", "/elsewhere"),
        redirected("to another host", "https://login.example/?next=canary"),
        redirected("to http", "http://127.0.0.1:9/canary"));
  }

  private static Row redirected(String where, String location) {
    return Row.of(12, "a redirect " + where, proxied(Fault.redirect(location), ALWAYS))
        .fails(4, "redirects elsewhere, which is never followed", API)
        .tells(INLINE, DOWNLOAD)
        .never(NO_CALL, DECODE);
  }

  private static List<Row> gateways() {
    return List.of(
        Row.of(13, "a header twice", proxied(Fault.header("Content-Type", "text/html"), ALWAYS))
            .right(CALLS)
            .never(NO_CALL, DECODE),
        passing(13, "two lengths that differ", Fault.header("Content-Length", "7")),
        passing(13, "a header of 1 MiB", Fault.header("X-Large", "x".repeat(MEBIBYTE))),
        lasting(13, "a header of 1 MiB", Fault.header("X-Large", "x".repeat(MEBIBYTE))),
        Row.of(14, "a proxy asks for a login (407)", proxied(login(), ALWAYS))
            .fails(4, "asks for a login", API)
            .tells(INLINE, DOWNLOAD)
            .never(NO_CALL, DECODE),
        passing(14, "a proxy's 502", proxys502()),
        Row.of(14, "a proxy's 502, always", proxied(proxys502(), ALWAYS))
            .fails(4, "HTTP 502", API)
            .tells(INLINE, DOWNLOAD)
            .never(NO_CALL, DECODE));
  }

  private static Fault login() {
    return Fault.status(407, "text/html", "<html>canary</html>");
  }

  private static Fault proxys502() {
    return Fault.status(502, "text/html", "<html>canary</html>");
  }

  private static Row passing(int number, String what, Fault fault) {
    return Row.of(number, what + ", once", proxied(fault, ONCE))
        .right(CALLS)
        .never(NO_CALL, DECODE);
  }

  private static Row lasting(int number, String what, Fault fault) {
    return Row.of(number, what + ", always", proxied(fault, ALWAYS))
        .fails(4, BROKE, API)
        .tells(INLINE, DOWNLOAD)
        .never(NO_CALL, DECODE);
  }

  private static Row slow(int number, String what, Fault fault, int times) {
    Duration patience = times == ONCE ? Duration.ofSeconds(2) : IMPATIENCE;
    return Row.of(number, what, proxied(fault, times).within(patience)).never(NO_CALL, DECODE);
  }
}
