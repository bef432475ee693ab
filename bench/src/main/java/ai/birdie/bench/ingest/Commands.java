package ai.birdie.bench.ingest;

import ai.birdie.bench.recording.Recording;
import ai.birdie.bench.server.ChunkServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands of the processes that are compared. */
final class Commands {

  /** What Arrow needs of a JVM. */
  private static final List<String> ARROW =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path root;
  private final Path dist;
  private final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** Of the project in {@code root}, built. */
  Commands(Path root) {
    this.root = root;
    this.dist = root.resolve("app/target/dist");
  }

  List<String> server(Path recording, long rows) {
    List<String> command = new ArrayList<>(List.of(java, "-Xmx256m"));
    command.add("-Dsun.net.httpserver.nodelay=true");
    command.addAll(List.of("-cp", classPath(), ChunkServer.class.getName()));
    command.addAll(List.of(recording.toString(), Long.toString(rows)));
    return command;
  }

  /** (a) */
  List<String> downloadOnly(Path connection) {
    return asBirdie(DownloadOnly.class, connection.toString());
  }

  /** (b) */
  List<String> parquetInsert(Path folder, Recording recording) {
    return asBirdie(
        ParquetInsert.class, folder.resolve("b.duckdb").toString(), recording.parquet().toString());
  }

  /** (c), as a user runs it. */
  List<String> ingest(Path folder, Path connection) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("birdie").toString());
    command.addAll(ingestArguments(folder, connection));
    return command;
  }

  /** (c), as the launcher starts it, but with less heap. */
  List<String> ingestInLittleHeap(Path folder, Path connection) {
    List<String> command = birdieJvm();
    command.addAll(List.of("-Xmx256m", "-jar", dist.resolve("birdie-app.jar").toString()));
    command.addAll(ingestArguments(folder, connection));
    return command;
  }

  /** (c), but the store takes ten times as long over each batch. */
  List<String> ingestSlowly(Path folder, Path connection, String host) {
    return asBirdie(
        SlowIngest.class, connection.toString(), folder.resolve("home").toString(), host);
  }

  /** (d) */
  List<String> vendorRead(String host) {
    return withVendorsDriver(VendorRead.class, host);
  }

  /** (e) */
  List<String> vendorAppend(Path folder, String host) {
    return withVendorsDriver(VendorAppend.class, host, folder.resolve("e.duckdb").toString());
  }

  private static List<String> ingestArguments(Path folder, Path connection) {
    String home = folder.resolve("home").toString();
    return List.of("ingest", "--local", "--json", "--home", home, connection.toString());
  }

  /** A class of ours under the options, and with the class cache, of `birdie ingest`. */
  private List<String> asBirdie(Class<?> main, String... arguments) {
    List<String> command = birdieJvm();
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private List<String> birdieJvm() {
    return new ArrayList<>(
        List.of(
            java,
            "-XX:AOTCache=" + dist.resolve("birdie.aot"),
            "@" + dist.resolve("birdie.options"),
            "-Dbirdie.root=" + root));
  }

  /** A JVM as it is by itself: its heap is a quarter of the machine's memory. */
  private List<String> withVendorsDriver(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(ARROW);
    String vendor = root.resolve("bench/target/vendor").toString();
    command.addAll(List.of("-cp", classPath() + ":" + vendor + "/*", main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private String classPath() {
    return dist.resolve("birdie-app.jar") + ":" + root.resolve("bench/target/birdie-bench.jar");
  }
}
