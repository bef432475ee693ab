package ai.birdie.testkit;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The local workspace, running as a process of its own. Whoever started it closes it; it also ends
 * with the process that started it. Safe for use by many threads.
 */
public final class LocalWorkspace implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration STATEMENT = Duration.ofMinutes(3);
  private static final int KEPT_OUTPUT = 200_000;
  private static final Pattern MEMBER = Pattern.compile("\"([a-z_]+)\"\\s*:\\s*\"([^\"\\\\]*)\"");
  private static final Pattern STATE = Pattern.compile("\"state\"\\s*:\\s*\"([A-Z]+)\"");
  private static final Pattern ID = Pattern.compile("\"statement_id\"\\s*:\\s*\"([^\"]+)\"");

  private final Process process;
  private final ByteArrayOutputStream output;
  private final Map<String, String> ready;
  private final HttpClient http = HttpClient.newHttpClient();

  private LocalWorkspace(Process process, ByteArrayOutputStream output, Map<String, String> ready) {
    this.process = process;
    this.output = output;
    this.ready = ready;
  }

  /**
   * Starts a workspace and waits until it serves.
   *
   * @param options as {@code birdie workspace} takes them, such as {@code --rows 100}
   * @throws IllegalStateException if it does not start, with what it said
   */
  public static LocalWorkspace start(String... options) {
    Path dist = Path.of(System.getProperty("birdie.root", "."), "workspace", "target", "dist");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + dist.resolve("jvm.options"));
    command.add("-cp");
    command.add(dist.resolve("birdie-workspace.jar").toString());
    command.add("ai.birdie.workspace.Main");
    command.add("--until-stdin-closes");
    command.addAll(List.of(options));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      Process process = new ProcessBuilder(command).start();
      drain(process.getErrorStream(), said);
      return new LocalWorkspace(process, said, readyLine(process, said));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> readyLine(Process process, ByteArrayOutputStream said)
      throws IOException {
    Thread guard = Thread.ofPlatform().daemon().start(() -> destroyLater(process));
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    String line = reader.readLine();
    guard.interrupt();
    if (line == null) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "The local workspace did not start: " + said.toString(StandardCharsets.UTF_8));
    }
    Matcher members = MEMBER.matcher(line);
    Map<String, String> ready = new HashMap<>();
    while (members.find()) {
      ready.put(members.group(1), members.group(2));
    }
    return Map.copyOf(ready);
  }

  /** A start that hangs is ended, unless this thread is interrupted before. */
  private static void destroyLater(Process process) {
    try {
      TimeUnit.NANOSECONDS.sleep(START.toNanos());
      process.destroyForcibly();
    } catch (InterruptedException e) {
      // it has started
    }
  }

  private static void drain(InputStream in, ByteArrayOutputStream into) {
    Thread.ofPlatform()
        .daemon()
        .name("workspace-output")
        .start(() -> {
          byte[] buffer = new byte[8192];
          try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
              synchronized (into) {
                into.write(buffer, 0, Math.min(n, Math.max(0, KEPT_OUTPUT - into.size())));
              }
            }
          } catch (IOException e) {
            // the process has ended
          }
        });
  }

  /** Where it is reached, as a connection file's {@code host}. */
  public String host() {
    return value("host");
  }

  /** The id of its only warehouse. */
  public String warehouseId() {
    return value("warehouse_id");
  }

  /** The service principal that may read. */
  public String clientId() {
    return value("client_id");
  }

  /** The service principal's secret. */
  public String clientSecret() {
    return value("client_secret");
  }

  /** A token of the service principal. */
  public String personalAccessToken() {
    return value("personal_access_token");
  }

  /** A token of an administrator, who may run any SQL. */
  public String adminToken() {
    return value("admin_token");
  }

  /** The process, for tests that end it in their own way. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** What it has written to its standard error, from the beginning. */
  public String output() {
    synchronized (output) {
      return output.toString(StandardCharsets.UTF_8);
    }
  }

  private String value(String name) {
    return Optional.ofNullable(ready.get(name))
        .orElseThrow(() -> new IllegalStateException("The ready line has no " + name));
  }

  /**
   * Runs one statement as an administrator, as an ETL job would, and waits for its end.
   *
   * @return the API's whole answer, as JSON
   * @throws IllegalStateException if it does not succeed, with what the workspace said
   */
  public String sql(String statement) {
    String body =
        "{\"statement\":%s,\"warehouse_id\":%s,\"wait_timeout\":\"50s\",\"disposition\":\"INLINE\",\"format\":\"JSON_ARRAY\"}"
            .formatted(quoted(statement), quoted(warehouseId()));
    String answer =
        send(request("/api/2.0/sql/statements").POST(BodyPublishers.ofString(body)).build());
    long deadline = System.nanoTime() + STATEMENT.toNanos();
    while (find(STATE, answer).matches("PENDING|RUNNING")) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The statement does not end: " + statement);
      }
      answer = send(request("/api/2.0/sql/statements/" + find(ID, answer)).build());
    }
    if (!find(STATE, answer).equals("SUCCEEDED")) {
      throw new IllegalStateException(statement + "\n" + answer);
    }
    return answer;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(host() + path))
        .timeout(STATEMENT)
        .header("Authorization", "Bearer " + adminToken())
        .header("Content-Type", "application/json");
  }

  private String send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  /** Ends the process. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
