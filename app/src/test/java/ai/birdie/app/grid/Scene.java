package ai.birdie.app.grid;

import ai.birdie.app.ArmedFaults;
import ai.birdie.app.Birdie;
import ai.birdie.app.SharedWorkspace.Lake;
import ai.birdie.app.SourceAndStore;
import ai.birdie.app.local.WorkspaceAccess;
import ai.birdie.databricks.Limits;
import ai.birdie.testkit.fault.Fault;
import ai.birdie.testkit.fault.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run of the product through a proxy: its command line, in this process, with a store of its own,
 * and without waiting for anything but answers.
 */
final class Scene implements AutoCloseable {

  private final Lake lake;
  private final Path home;
  private final FaultProxy proxy;
  private final ArmedFaults faults;
  private String feed;
  private Limits limits = Limits.DEFAULT;
  private Optional<List<String>> process = Optional.empty();
  private String host;
  private Runnable afterwards = () -> {};
  private final List<Runnable> endings = new ArrayList<>();
  private int given;

  /** Of the table {@code feed} of {@code main.feedback}, and a store in {@code home}. */
  Scene(Lake lake, String feed, Path home) {
    this.lake = lake;
    this.feed = feed;
    this.home = home;
    this.proxy = FaultProxy.before(lake.workspace().access().host());
    this.host = proxy.url();
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

  /** From now on, an answer that takes longer does not come. */
  void patience(Duration patience) {
    limits =
        new Limits(
            patience.multipliedBy(3),
            limits.warehouseStart(),
            patience,
            patience,
            limits.retrying(),
            limits.bytesInFlight(),
            limits.chunkBytes(),
            limits.batchBytes(),
            limits.windowBytes(),
            limits.parallelDownloads());
    proxy.answeringEarly();
  }

  /** From now on, the product runs in a process of its own, its JVM with these options too. */
  void outside(String... options) {
    List<String> all = new ArrayList<>(process.orElse(List.of()));
    all.addAll(List.of(options));
    process = Optional.of(all);
  }

  /** From now on, the workspace is one of Databricks that is not there. */
  void at(String name) {
    host = "https://" + name;
    given++;
  }

  /** From now on, the product's connections lead through there. */
  void through(Tunnel other) {
    afterAll(other::close);
    at(Tunnel.WORKSPACE);
    outside(other.options().toArray(String[]::new));
  }

  /** From now on, links to chunks lead to that address. */
  void storageAt(String url) {
    Fault elsewhere =
        Fault.rewrite("(\"external_link\":\")[^\"]*/storage/", "$1" + url + "/storage/");
    for (Step step : Step.WITH_TOKEN) {
      proxy.arm(step.call(), elsewhere, Trouble.ALWAYS);
    }
  }

  /** What is to be done when all is over. */
  void afterAll(Runnable ending) {
    endings.add(ending);
  }

  Path home() {
    return home;
  }

  /** From now on, another table is read, of which {@code select} gives the rows. */
  void table(String name, String select) {
    feed = name;
    lake.sql().run("CREATE OR REPLACE TABLE main.feedback." + name + " AS " + select);
    given++;
  }

  /** After the run, a table has these rows instead. */
  void afterwards(String name, String select) {
    afterwards = () -> table(name, select);
  }

  /** The rows that the store is to hold. */
  SourceAndStore expected() {
    afterwards.run();
    return SourceAndStore.of(file());
  }

  /** What a table's connection file says, written anew. */
  private Path file() {
    return file(lake.workspace().access().host());
  }

  /** How many calls were spoilt, and what was there from the beginning. */
  int struck() {
    return given
        + proxy.struck()
        + faults.struck().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** {@code birdie ingest}, through the proxy. */
  Birdie.Answer ingest() {
    return process.isEmpty()
        ? run(ingest(host))
        : Birdie.finish(Birdie.start(command(process.get(), ingest(host))));
  }

  /** The same, without a proxy between, and with all the patience there is. */
  Birdie.Answer ingestAgain() {
    limits = Limits.DEFAULT;
    return run(ingest(lake.workspace().access().host()));
  }

  /** {@code birdie receipts}. */
  Birdie.Answer receipts() {
    return run("receipts", feed, "--home", home.toString());
  }

  private String[] ingest(String host) {
    return new String[] {"ingest", "--local", "--home", home.toString(), file(host).toString()};
  }

  private static List<String> command(List<String> options, String[] arguments) {
    List<String> command = new ArrayList<>(Birdie.command(List.of(arguments)));
    command.addAll(1, options);
    return command;
  }

  private Path file(String host) {
    WorkspaceAccess access = lake.workspace().access();
    WorkspaceAccess through =
        new WorkspaceAccess(
            host,
            access.warehouseId(),
            access.clientId(),
            access.clientSecret(),
            access.personalAccessToken(),
            access.adminToken());
    return Lake.connect(home, feed, "review", Map.of("mode", "cursor"), through);
  }

  private Birdie.Answer run(String... arguments) {
    return Birdie.runHere(List.of(arguments), limits);
  }

  @Override
  public void close() {
    endings.forEach(Runnable::run);
    proxy.close();
    faults.close();
  }
}
