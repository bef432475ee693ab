package ai.birdie.app.grid;

import ai.birdie.app.ArmedFaults;
import ai.birdie.app.Birdie;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.cli.BirdieCommand;
import ai.birdie.app.local.WorkspaceAccess;
import ai.birdie.databricks.Limits;
import ai.birdie.databricks.Surroundings;
import ai.birdie.testkit.fault.FaultProxy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A run of the product through a proxy: its command line, in this process, with a store of its own,
 * and without waiting for anything but answers.
 */
final class Scene implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Lake lake;
  private final String feed;
  private final Path home;
  private final FaultProxy proxy;
  private final ArmedFaults faults;
  private Limits limits = Limits.DEFAULT;

  /** Of the table {@code feed} of {@code main.feedback}, and a store in {@code home}. */
  Scene(Lake lake, String feed, Path home) {
    this.lake = lake;
    this.feed = feed;
    this.home = home;
    this.proxy = FaultProxy.before(lake.workspace().access().host());
    this.faults = new ArmedFaults(lake.workspace().access());
  }

  FaultProxy proxy() {
    return proxy;
  }

  ArmedFaults faults() {
    return faults;
  }

  String feed() {
    return feed;
  }

  /** From now on, what does not come soon does not come. */
  void impatient() {
    limits =
        new Limits(
            limits.statement(),
            limits.warehouseStart(),
            SOON,
            SOON,
            limits.retrying(),
            limits.bytesInFlight(),
            limits.chunkBytes(),
            limits.batchBytes(),
            limits.windowBytes(),
            limits.parallelDownloads());
    proxy.answeringEarly();
  }

  /** How many calls were spoilt. */
  int struck() {
    return proxy.struck() + faults.struck().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** {@code birdie ingest}, through the proxy. */
  Birdie.Answer ingest() {
    return ingest(proxy.url());
  }

  /** The same, without a proxy between. */
  Birdie.Answer ingestAgain() {
    return ingest(lake.workspace().access().host());
  }

  /** {@code birdie receipts}. */
  Birdie.Answer receipts() {
    return run("receipts", feed, "--home", home.toString());
  }

  private Birdie.Answer ingest(String host) {
    WorkspaceAccess access = lake.workspace().access();
    WorkspaceAccess through =
        new WorkspaceAccess(
            host,
            access.warehouseId(),
            access.clientId(),
            access.clientSecret(),
            access.personalAccessToken(),
            access.adminToken());
    Path file = Lake.connect(home, feed, "review", Map.of(), through);
    return run("ingest", "--local", "--home", home.toString(), file.toString());
  }

  private Birdie.Answer run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            Clock.systemUTC(), System::nanoTime, pause -> {}, new SplittableRandom(7), limits);
    int code =
        BirdieCommand.run(
            arguments,
            Map.of(),
            Clock.systemUTC(),
            surroundings,
            new PrintWriter(out),
            new PrintWriter(err));
    return new Birdie.Answer(code, out.toString(), err.toString());
  }

  @Override
  public void close() {
    proxy.close();
    faults.close();
  }
}
