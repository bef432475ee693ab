package ai.birdie.workspace;

import ai.birdie.workspace.access.Credentials;
import ai.birdie.workspace.clock.WorkspaceClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The process: starts a workspace, says on standard output where and with what it is reached, and
 * stays until it is told to end.
 */
public final class Main {
  private static final long SECONDS_TO_CLOSE = 20;

  private Main() {}

  /** Runs until SIGTERM, or until standard input ends where that was asked for. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.US); // numbers in data and in answers are the same on every machine
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    // Libraries that print are not to be taken for the ready line.
    PrintStream out = System.out;
    System.setOut(System.err);
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndAwait(end, closed)));
    try (Workspace workspace =
        Workspace.start(options, new WorkspaceClock(InstantSource.system()))) {
      out.println(readyLine(workspace));
      out.flush();
      if (options.has(Options.Switch.TRAIN)) {
        Training.run(workspace);
      } else {
        if (options.has(Options.Switch.UNTIL_STDIN_CLOSES)) {
          Thread.ofPlatform().daemon().name("stdin").start(() -> endWithStdin(end));
        }
        end.await();
        Thread.ofPlatform().daemon().name("closing").start(() -> awaitOrHalt(closed));
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("The workspace cannot run: " + e.getMessage());
      closed.countDown();
      System.exit(1);
    } finally {
      closed.countDown();
    }
    // Threads of Spark's that are no daemons do not keep the process.
    System.exit(0);
  }

  private static String readyLine(Workspace workspace) throws IOException {
    Credentials credentials = workspace.credentials();
    Map<String, String> ready = new LinkedHashMap<>();
    ready.put("host", workspace.host());
    ready.put("warehouse_id", credentials.warehouseId());
    ready.put("client_id", credentials.clientId());
    ready.put("client_secret", credentials.clientSecret());
    ready.put("personal_access_token", credentials.personalAccessToken());
    ready.put("admin_token", credentials.adminToken());
    return new ObjectMapper().writeValueAsString(ready);
  }

  private static void endAndAwait(CountDownLatch end, CountDownLatch closed) {
    end.countDown();
    awaitOrHalt(closed);
  }

  /** Nothing that does not close keeps the process. */
  private static void awaitOrHalt(CountDownLatch closed) {
    try {
      if (!closed.await(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
        System.err.println(
            "The workspace had not closed after " + SECONDS_TO_CLOSE + " seconds, and is halted.");
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endWithStdin(CountDownLatch end) {
    try (InputStream in = System.in) {
      while (in.read() >= 0) {
        // whatever is said there is of no interest
      }
    } catch (IOException e) {
      // as good as its end
    }
    end.countDown();
  }
}
